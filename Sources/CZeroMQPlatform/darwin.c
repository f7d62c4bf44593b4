#if defined(__APPLE__)

#include "CZeroMQPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <os/os_sync_wait_on_address.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// MARK: sockets

// There is no call that makes a socket and does this at once. A program that starts another in
// between leaks the descriptor into it.
static int prepare(int fd) {
    int on = 1;
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) < 0) {
        int code = errno;
        close(fd);
        return -code;
    }
    // Refused to a connection that is gone already; what was accepted inherits it anyway, and
    // every send asks for the same.
    setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
    return fd;
}

int zeromq_socket(int family, int type) {
    int fd = socket(family, type, 0);
    return fd < 0 ? -errno : prepare(fd);
}

int zeromq_accept(int fd) {
    int accepted = accept(fd, NULL, NULL);
    return accepted < 0 ? -errno : prepare(accepted);
}

int zeromq_unacknowledged(int fd) {
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    // What was sent to a local socket is with the peer already, where no close destroys it.
    if (getsockname(fd, (struct sockaddr *)&address, &size) < 0) return -errno;
    if (address.ss_family != AF_INET && address.ss_family != AF_INET6) return 0;
    int bytes = 0;
    size = sizeof bytes;
    return getsockopt(fd, SOL_SOCKET, SO_NWRITE, &bytes, &size) < 0 ? -errno : bytes;
}

// MARK: threads

int zeromq_futex_wait(const void *address, uint32_t expected, int64_t deadline) {
    void *word = (void *)address;
    int result;
    if (deadline < 0) {
        result = os_sync_wait_on_address(
            word, expected, sizeof expected, OS_SYNC_WAIT_ON_ADDRESS_NONE);
    } else {
        uint64_t now = clock_gettime_nsec_np(CLOCK_UPTIME_RAW);
        // No time left is not a timeout that the call takes.
        if ((uint64_t)deadline <= now) return -ETIMEDOUT;
        result = os_sync_wait_on_address_with_timeout(
            word, expected, sizeof expected, OS_SYNC_WAIT_ON_ADDRESS_NONE,
            OS_CLOCK_MACH_ABSOLUTE_TIME, (uint64_t)deadline - now);
    }
    return result < 0 ? -errno : 0;
}

void zeromq_futex_wake(const void *address, int count) {
    void *word = (void *)address;
    if (count == 1) {
        os_sync_wake_by_address_any(word, sizeof(uint32_t), OS_SYNC_WAKE_BY_ADDRESS_NONE);
    } else {
        os_sync_wake_by_address_all(word, sizeof(uint32_t), OS_SYNC_WAKE_BY_ADDRESS_NONE);
    }
}

void zeromq_thread_name(const char *name) { pthread_setname_np(name); }

int zeromq_random(void *buffer, size_t count) {
    arc4random_buf(buffer, count);
    return 0;
}

#endif
