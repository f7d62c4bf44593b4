#if defined(__linux__)
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CZeroMQPlatform.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425
#define SYS_io_uring_enter 426
#define SYS_io_uring_register 427
#endif

_Static_assert(sizeof(struct zeromq_uring_sqe) == 64, "the kernel's layout");
_Static_assert(sizeof(struct zeromq_uring_cqe) == 16, "the kernel's layout");
_Static_assert(sizeof(struct zeromq_uring_buffer) == 16, "the kernel's layout");
_Static_assert(sizeof(struct msghdr) <= 56, "ZEROMQ_MSGHDR_SIZE");

#if defined(__has_include)
#if __has_include(<linux/io_uring.h>)
#include <linux/io_uring.h>
#if defined(IORING_SETUP_DEFER_TASKRUN)
#define SAME(field, theirs)                                                                        \
    _Static_assert(offsetof(struct zeromq_uring_sqe, field) ==                                     \
                   offsetof(struct io_uring_sqe, theirs), #field)
SAME(priority, ioprio);
SAME(fd, fd);
SAME(offset, off);
SAME(address, addr);
SAME(length, len);
SAME(operation_flags, msg_flags);
SAME(user_data, user_data);
SAME(buffer_group, buf_group);
SAME(address3, addr3);
_Static_assert(IORING_OP_POLL_ADD == 6 && IORING_OP_SENDMSG == 9 && IORING_OP_RECVMSG == 10 &&
               IORING_OP_ACCEPT == 13 && IORING_OP_ASYNC_CANCEL == 14 &&
               IORING_OP_CONNECT == 16 && IORING_OP_SEND == 26 && IORING_OP_RECV == 27 &&
               IORING_OP_SEND_ZC == 47 && IORING_OP_SENDMSG_ZC == 48, "operations");
_Static_assert(IOSQE_BUFFER_SELECT == 1 << 5 && IOSQE_CQE_SKIP_SUCCESS == 1 << 6 &&
               IORING_POLL_ADD_MULTI == 1 && IORING_ACCEPT_MULTISHOT == 1 &&
               IORING_RECVSEND_POLL_FIRST == 1 && IORING_RECV_MULTISHOT == 2, "operation flags");
_Static_assert(IORING_CQE_F_BUFFER == 1 && IORING_CQE_F_MORE == 2 &&
               IORING_CQE_F_SOCK_NONEMPTY == 4 && IORING_CQE_F_NOTIF == 8 &&
               IORING_CQE_BUFFER_SHIFT == 16, "outcome flags");
_Static_assert(IORING_SQ_CQ_OVERFLOW == 2 && IORING_SQ_TASKRUN == 4, "ring flags");
_Static_assert(IORING_SETUP_CQSIZE == 1 << 3 && IORING_SETUP_CLAMP == 1 << 4 &&
               IORING_SETUP_R_DISABLED == 1 << 6 && IORING_SETUP_SUBMIT_ALL == 1 << 7 &&
               IORING_SETUP_COOP_TASKRUN == 1 << 8 && IORING_SETUP_TASKRUN_FLAG == 1 << 9 &&
               IORING_SETUP_SINGLE_ISSUER == 1 << 12 &&
               IORING_SETUP_DEFER_TASKRUN == 1 << 13, "setup flags");
#endif
#endif
#endif

// MARK: The kernel's arguments

struct setup_offsets {
    uint32_t head, tail, mask, entries, flags_or_overflow, dropped_or_cqes, array_or_flags, unused;
    uint64_t user;
};

struct setup {
    uint32_t sq_entries, cq_entries, flags, cpu, idle, features, queue_fd, unused[3];
    struct setup_offsets sq, cq;
};

struct enter_argument {
    uint64_t signals;
    uint32_t signals_size, unused;
    uint64_t timeout;
};

struct buffer_registration {
    uint64_t ring;
    uint32_t entries;
    uint16_t group, flags;
    uint64_t unused[3];
};

_Static_assert(sizeof(struct setup) == 120, "the kernel's layout");

enum {
    feature_single_mmap = 1 << 0,
    feature_no_drop = 1 << 1,
    feature_submit_stable = 1 << 2,
    feature_enter_argument = 1 << 8,
    features_needed =
        feature_single_mmap | feature_no_drop | feature_submit_stable | feature_enter_argument,
    enter_get_events = 1 << 0,
    enter_extended = 1 << 3,
    register_probe = 8,
    register_enable = 12,
    register_buffer_ring = 22,
};

static const off_t offset_rings = 0;
static const off_t offset_sqes = 0x10000000;

// MARK: Opening

static void *map(int fd, size_t size, off_t offset) {
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, offset);
    return at == MAP_FAILED ? NULL : at;
}

static int map_all(struct zeromq_uring *ring, const struct setup *setup) {
    size_t sq_size = setup->sq.array_or_flags + setup->sq_entries * sizeof(uint32_t);
    size_t cq_size =
        setup->cq.dropped_or_cqes + setup->cq_entries * sizeof(struct zeromq_uring_cqe);
    ring->rings_size = sq_size > cq_size ? sq_size : cq_size;
    ring->sqes_size = setup->sq_entries * sizeof(struct zeromq_uring_sqe);
    ring->rings = map(ring->fd, ring->rings_size, offset_rings);
    if (ring->rings == NULL) return -errno;
    ring->sqes = map(ring->fd, ring->sqes_size, offset_sqes);
    if (ring->sqes == NULL) return -errno;
    char *base = ring->rings;
    ring->sq_entries = setup->sq_entries;
    ring->cq_entries = setup->cq_entries;
    ring->sq_head = (uint32_t *)(base + setup->sq.head);
    ring->sq_tail = (uint32_t *)(base + setup->sq.tail);
    ring->sq_flags = (uint32_t *)(base + setup->sq.flags_or_overflow);
    ring->cq_head = (uint32_t *)(base + setup->cq.head);
    ring->cq_tail = (uint32_t *)(base + setup->cq.tail);
    ring->cqes = (struct zeromq_uring_cqe *)(base + setup->cq.dropped_or_cqes);
    // Slot by slot in order; the indirection is not needed.
    uint32_t *array = (uint32_t *)(base + setup->sq.array_or_flags);
    for (uint32_t i = 0; i < setup->sq_entries; i++) array[i] = i;
    return 0;
}

int zeromq_uring_open(struct zeromq_uring *ring, uint32_t entries, uint32_t cq_entries,
                      uint32_t flags) {
    memset(ring, 0, sizeof *ring);
    struct setup setup;
    memset(&setup, 0, sizeof setup);
    setup.flags = flags;
    setup.cq_entries = cq_entries;
    long fd = syscall(SYS_io_uring_setup, entries, &setup);
    if (fd < 0) return -errno;
    ring->fd = (int)fd;
    int code = (setup.features & features_needed) == features_needed ? map_all(ring, &setup)
                                                                     : -EOPNOTSUPP;
    if (code < 0) zeromq_uring_close(ring);
    return code;
}

void zeromq_uring_close(struct zeromq_uring *ring) {
    if (ring->sqes != NULL) munmap(ring->sqes, ring->sqes_size);
    if (ring->rings != NULL) munmap(ring->rings, ring->rings_size);
    close(ring->fd);
    memset(ring, 0, sizeof *ring);
    ring->fd = -1;
}

// MARK: Registering

int zeromq_uring_enable(int fd) {
    return syscall(SYS_io_uring_register, fd, register_enable, NULL, 0) < 0 ? -errno : 0;
}

int zeromq_uring_supports(int fd, const uint8_t *operations, int count) {
    struct {
        uint8_t last, known;
        uint16_t unused;
        uint32_t unused2[3];
        struct { uint8_t operation, unused; uint16_t flags; uint32_t unused2; } of[256];
    } probe;
    memset(&probe, 0, sizeof probe);
    if (syscall(SYS_io_uring_register, fd, register_probe, &probe, 256) < 0) return 0;
    for (int i = 0; i < count; i++) {
        if (operations[i] > probe.last || (probe.of[operations[i]].flags & 1) == 0) return 0;
    }
    return 1;
}

int zeromq_uring_register_buffers(int fd, struct zeromq_uring_buffer *ring, uint32_t count,
                                  uint16_t group) {
    struct buffer_registration argument;
    memset(&argument, 0, sizeof argument);
    argument.ring = (uint64_t)(uintptr_t)ring;
    argument.entries = count;
    argument.group = group;
    return syscall(SYS_io_uring_register, fd, register_buffer_ring, &argument, 1) < 0 ? -errno : 0;
}

// MARK: Running

int zeromq_uring_enter(int fd, uint32_t submit, int wait, int64_t timeout) {
    struct { int64_t seconds, nanoseconds; } t;
    struct enter_argument argument;
    memset(&argument, 0, sizeof argument);
    if (wait && timeout >= 0) {
        t.seconds = timeout / 1000000000;
        t.nanoseconds = timeout % 1000000000;
        argument.timeout = (uint64_t)(uintptr_t)&t;
    }
    long n = syscall(SYS_io_uring_enter, fd, submit, wait ? 1u : 0u,
                     (unsigned)(enter_get_events | enter_extended), &argument, sizeof argument);
    return n < 0 ? -errno : (int)n;
}

// MARK: Sockets

void zeromq_msghdr_fill(void *header, const void *vectors, int count) {
    struct msghdr *message = header;
    memset(message, 0, sizeof *message);
    message->msg_iov = (struct iovec *)vectors;
    message->msg_iovlen = (size_t)count;
}

void zeromq_stream_abort(int fd) {
    struct sockaddr none;
    memset(&none, 0, sizeof none);
    none.sa_family = AF_UNSPEC;
    connect(fd, &none, sizeof none);
}

int zeromq_is_network_socket(int fd) {
    int family = 0;
    socklen_t size = sizeof family;
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size) < 0)
        return errno == ENOTSOCK ? 0 : -errno;
    return family == AF_INET || family == AF_INET6;
}

#endif
