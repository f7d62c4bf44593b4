#if defined(__linux__)
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CZeroMQPlatform.h"

#include <errno.h>
#include <linux/futex.h>
#include <linux/sockios.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

// MARK: epoll, eventfd

int zeromq_epoll_create(void) {
    int fd = epoll_create1(EPOLL_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int zeromq_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t data) {
    struct epoll_event event;
    memset(&event, 0, sizeof event);
    event.events = events;
    event.data.u64 = data;
    return epoll_ctl(epoll, operation, fd, &event) < 0 ? -errno : 0;
}

static int timeout_in_milliseconds(int64_t timeout) {
    if (timeout < 0) return -1;
    int64_t milliseconds = timeout / 1000000 + (timeout % 1000000 != 0);
    return milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds;
}

int zeromq_epoll_wait(int epoll, struct epoll_event *events, int capacity, int64_t timeout) {
    // Whole milliseconds are good enough where the finer call is missing or forbidden.
    static int only_milliseconds;
    if (timeout > 0 && !__atomic_load_n(&only_milliseconds, __ATOMIC_RELAXED)) {
        // The system call's own type: 64 bits for both fields on every architecture.
        struct { int64_t seconds, nanoseconds; } t = {timeout / 1000000000, timeout % 1000000000};
        long n = syscall(SYS_epoll_pwait2, epoll, events, capacity, &t, NULL, (size_t)0);
        if (n >= 0) return (int)n;
        if (errno != ENOSYS && errno != EPERM) return -errno;
        __atomic_store_n(&only_milliseconds, 1, __ATOMIC_RELAXED);
    }
    int n = epoll_wait(epoll, events, capacity, timeout_in_milliseconds(timeout));
    return n < 0 ? -errno : n;
}

int zeromq_eventfd(void) {
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

int zeromq_eventfd_signal(int fd) {
    uint64_t one = 1, drained;
    for (;;) {
        if (write(fd, &one, sizeof one) == (ssize_t)sizeof one) return 0;
        if (errno == EAGAIN) {
            if (read(fd, &drained, sizeof drained) < 0 && errno != EAGAIN && errno != EINTR)
                return -errno;
        } else if (errno != EINTR) {
            return -errno;
        }
    }
}

// MARK: sockets

int zeromq_socket(int family, int type) {
    int fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return fd < 0 ? -errno : fd;
}

int zeromq_accept(int fd) {
    int accepted = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    return accepted < 0 ? -errno : accepted;
}

int zeromq_unacknowledged(int fd) {
    int family = 0, bytes = 0;
    socklen_t size = sizeof family;
    // What was sent to a local socket is with the peer already, where no close destroys it.
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) < 0) return -errno;
    if (family != AF_INET && family != AF_INET6) return 0;
    return ioctl(fd, SIOCOUTQ, &bytes) < 0 ? -errno : bytes;
}

// MARK: threads

int zeromq_futex_wait(const void *address, uint32_t expected, int64_t deadline) {
    // FUTEX_WAIT_BITSET is the form whose deadline is absolute, on the monotonic clock.
    struct timespec t, *until = NULL;
    if (deadline >= 0) {
        t.tv_sec = (time_t)(deadline / 1000000000);
        t.tv_nsec = (long)(deadline % 1000000000);
        until = &t;
    }
    long r = syscall(SYS_futex, address, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected, until,
                     NULL, FUTEX_BITSET_MATCH_ANY);
    return r < 0 ? -errno : 0;
}

void zeromq_futex_wake(const void *address, int count) {
    syscall(SYS_futex, address, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count, NULL, NULL, 0);
}

void zeromq_thread_name(const char *name) {
    char text[16];
    strncpy(text, name, sizeof text - 1);
    text[sizeof text - 1] = 0;
    pthread_setname_np(pthread_self(), text);
}

int zeromq_random(void *buffer, size_t count) {
    unsigned char *bytes = buffer;
    while (count > 0) {
        ssize_t n = getrandom(bytes, count, 0);
        if (n < 0) {
            if (errno == EINTR) continue;
            return -errno;
        }
        bytes += n;
        count -= (size_t)n;
    }
    return 0;
}

#endif
