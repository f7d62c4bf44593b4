#if defined(__linux__) || defined(__APPLE__)
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CZeroMQPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/membarrier.h>
#include <sys/syscall.h>

int zeromq_fence_prepare(void) {
    int command = MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED;
    return syscall(SYS_membarrier, command, 0, 0) < 0 ? -errno : 0;
}

int zeromq_fence_threads(void) {
    return syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) < 0 ? -errno : 0;
}
#endif

// MARK: descriptors

// The system hands the lowest free number out, so one that is far below the limit says enough.
int zeromq_descriptors_left(int fd, int most) {
    static const rlim_t far = 256;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return INT_MAX;
    int lowest = fd >= 0 ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : zeromq_socket(AF_UNIX, SOCK_STREAM);
    if (lowest < 0) {
        int code = fd >= 0 ? errno : -lowest;
        return code == EMFILE || code == ENFILE ? 0 : INT_MAX;
    }
    close(lowest);
    if (limit.rlim_cur > far + (rlim_t)most + (rlim_t)lowest) return INT_MAX;
    int left = 0;
    for (int number = lowest; (rlim_t)number < limit.rlim_cur && left < most; number++)
        if (fcntl(number, F_GETFD) < 0) left++;
    return left;
}

// MARK: sockets

int zeromq_unread(int fd) {
    int bytes = 0;
    return ioctl(fd, FIONREAD, &bytes) < 0 ? -errno : bytes;
}

int64_t zeromq_send(int fd, const void *vectors, int count) {
    const struct iovec *v = vectors;
    ssize_t n;
    do {
        if (count == 1) {
            n = send(fd, v->iov_base, v->iov_len, MSG_DONTWAIT | MSG_NOSIGNAL);
        } else {
            struct msghdr message;
            memset(&message, 0, sizeof message);
            message.msg_iov = (struct iovec *)v;
            message.msg_iovlen = count;
            n = sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        }
    } while (n < 0 && errno == EINTR);
    if (n >= 0) return n;
#if defined(__APPLE__)
    // What a connection that is being torn down answers for a moment.
    if (errno == EPROTOTYPE) return -EPIPE;
#endif
    return -errno;
}

int64_t zeromq_receive(int fd, const void *vectors, int count) {
    const struct iovec *v = vectors;
    ssize_t n;
    do {
        if (count == 1) {
            n = recv(fd, v->iov_base, v->iov_len, MSG_DONTWAIT);
        } else {
            struct msghdr message;
            memset(&message, 0, sizeof message);
            message.msg_iov = (struct iovec *)v;
            message.msg_iovlen = count;
            n = recvmsg(fd, &message, MSG_DONTWAIT);
        }
    } while (n < 0 && errno == EINTR);
    return n < 0 ? -errno : n;
}

// MARK: processes

uint32_t zeromq_fork_count;
static void (*child_body)(void);

static void in_child(void) {
    __atomic_add_fetch(&zeromq_fork_count, 1, __ATOMIC_RELAXED);
    child_body();
}

int zeromq_watch_forks(void (*prepare)(void), void (*parent)(void), void (*child)(void)) {
    child_body = child;
    return -pthread_atfork(prepare, parent, in_child);
}

// MARK: threads

void zeromq_signals_block(void *old, size_t size) {
    static const int faults[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL,
                                 SIGTRAP, SIGABRT, SIGSYS, SIGPROF};
    sigset_t set;
    if (size < sizeof set) return;
    sigfillset(&set);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&set, faults[i]);
    pthread_sigmask(SIG_SETMASK, &set, old);
}

void zeromq_signals_restore(const void *old, size_t size) {
    if (size >= sizeof(sigset_t)) pthread_sigmask(SIG_SETMASK, old, NULL);
}

#endif
