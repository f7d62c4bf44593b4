// io_uring by its system calls. The numbers and layouts are the kernel's, which never change; they
// stand here because the header of the system may be older than its kernel. `uring.c` compares
// them with that header where it is new enough.
#ifndef CZEROMQ_URING_H
#define CZEROMQ_URING_H

#if defined(__linux__)

#include <stddef.h>
#include <stdint.h>

/// One operation for the kernel; each field has the use that the operation gives it.
struct zeromq_uring_sqe {
    uint8_t opcode;
    uint8_t flags;
    uint16_t priority;
    int32_t fd;
    uint64_t offset;
    uint64_t address;
    uint32_t length;
    uint32_t operation_flags;
    uint64_t user_data;
    uint16_t buffer_group;
    uint16_t personality;
    uint32_t file_index;
    uint64_t address3;
    uint64_t padding;
};

/// One outcome from the kernel.
struct zeromq_uring_cqe {
    uint64_t user_data;
    int32_t result;
    uint32_t flags;
};

/// One buffer that the kernel may fill. The tail of the ring lies in `reserved` of the first.
struct zeromq_uring_buffer {
    uint64_t address;
    uint32_t length;
    uint16_t id;
    uint16_t reserved;
};

/// An open ring: its descriptor and the memory it shares with the kernel.
struct zeromq_uring {
    int32_t fd;
    uint32_t sq_entries;
    uint32_t cq_entries;
    uint32_t *sq_head;
    uint32_t *sq_tail;
    uint32_t *sq_flags;
    uint32_t *cq_head;
    uint32_t *cq_tail;
    struct zeromq_uring_sqe *sqes;
    struct zeromq_uring_cqe *cqes;
    void *rings;
    size_t rings_size;
    size_t sqes_size;
};

// Operations.
static const uint8_t ZEROMQ_URING_POLL_ADD = 6;
static const uint8_t ZEROMQ_URING_SENDMSG = 9;
static const uint8_t ZEROMQ_URING_RECVMSG = 10;
static const uint8_t ZEROMQ_URING_ASYNC_CANCEL = 14;
static const uint8_t ZEROMQ_URING_CONNECT = 16;
static const uint8_t ZEROMQ_URING_SEND = 26;
static const uint8_t ZEROMQ_URING_RECV = 27;
static const uint8_t ZEROMQ_URING_SEND_ZC = 47;
static const uint8_t ZEROMQ_URING_SENDMSG_ZC = 48;

// Flags of operations, and what goes with single ones.
static const uint8_t ZEROMQ_URING_BUFFER_SELECT = 1 << 5;
static const uint8_t ZEROMQ_URING_SKIP_SUCCESS = 1 << 6;
static const uint32_t ZEROMQ_URING_POLL_MULTISHOT = 1 << 0;
static const uint16_t ZEROMQ_URING_POLL_FIRST = 1 << 0;
static const uint16_t ZEROMQ_URING_RECV_MULTISHOT = 1 << 1;
static const uint16_t ZEROMQ_URING_REPORT_USAGE = 1 << 3;

// Flags of outcomes.
static const uint32_t ZEROMQ_URING_CQE_BUFFER = 1 << 0;
static const uint32_t ZEROMQ_URING_CQE_MORE = 1 << 1;
static const uint32_t ZEROMQ_URING_CQE_NONEMPTY = 1 << 2;
static const uint32_t ZEROMQ_URING_CQE_NOTIFICATION = 1 << 3;
static const uint32_t ZEROMQ_URING_BUFFER_SHIFT = 16;
/// The result of a notification: the bytes were copied after all.
static const uint32_t ZEROMQ_URING_ZC_COPIED = 1u << 31;

// Flags of the rings.
static const uint32_t ZEROMQ_URING_SQ_OVERFLOW = 1 << 1;
static const uint32_t ZEROMQ_URING_SQ_TASKRUN = 1 << 2;

// What a ring is set up with.
static const uint32_t ZEROMQ_URING_SETUP_CQSIZE = 1 << 3;
static const uint32_t ZEROMQ_URING_SETUP_CLAMP = 1 << 4;
static const uint32_t ZEROMQ_URING_SETUP_R_DISABLED = 1 << 6;
static const uint32_t ZEROMQ_URING_SETUP_SUBMIT_ALL = 1 << 7;
static const uint32_t ZEROMQ_URING_SETUP_COOP_TASKRUN = 1 << 8;
static const uint32_t ZEROMQ_URING_SETUP_TASKRUN_FLAG = 1 << 9;
static const uint32_t ZEROMQ_URING_SETUP_SINGLE_ISSUER = 1 << 12;
static const uint32_t ZEROMQ_URING_SETUP_DEFER_TASKRUN = 1 << 13;

/// Bytes of one `struct msghdr` and where its pieces are, for those who lay one out themselves.
static const size_t ZEROMQ_MSGHDR_SIZE = 56;

/// Opens a ring, which is closed on exec, and maps its memory.
int zeromq_uring_open(struct zeromq_uring *ring, uint32_t entries, uint32_t cq_entries,
                      uint32_t flags);
void zeromq_uring_close(struct zeromq_uring *ring);
/// Makes a ring that was opened disabled the calling thread's.
int zeromq_uring_enable(int fd);
/// Whether the kernel knows every one of so many operations: 1 or 0.
int zeromq_uring_supports(int fd, const uint8_t *operations, int count);
/// Hands `submit` operations over and, with `wait`, waits for an outcome, at most for so many
/// nanoseconds (negative: for ever).
int zeromq_uring_enter(int fd, uint32_t submit, int wait, int64_t timeout);
/// Tells the kernel of a ring of buffers, a power of two of them, at page-aligned memory.
int zeromq_uring_register_buffers(int fd, struct zeromq_uring_buffer *ring, uint32_t count,
                                  uint16_t group);
/// Lays out a `struct msghdr` of `ZEROMQ_MSGHDR_SIZE` bytes over `count` iovecs.
void zeromq_msghdr_fill(void *header, const void *vectors, int count);
/// Breaks a stream off: what the kernel has not sent is thrown away, and its memory let go.
void zeromq_stream_abort(int fd);
/// What a descriptor is: 1 for a socket of the network, 0 for anything else.
int zeromq_is_network_socket(int fd);

static inline uint32_t zeromq_load_acquire(const uint32_t *address) {
    return __atomic_load_n(address, __ATOMIC_ACQUIRE);
}

static inline void zeromq_store_release(uint32_t *address, uint32_t value) {
    __atomic_store_n(address, value, __ATOMIC_RELEASE);
}

static inline void zeromq_uring_publish_buffers(struct zeromq_uring_buffer *ring, uint16_t tail) {
    __atomic_store_n(&ring->reserved, tail, __ATOMIC_RELEASE);
}

#endif
#endif
