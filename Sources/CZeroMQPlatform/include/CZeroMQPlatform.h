// What Swift's system modules lack. Every call returns a negative errno on failure.
#ifndef CZEROMQ_PLATFORM_H
#define CZEROMQ_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

/// Tells the processor that this thread is spinning.
static inline void zeromq_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
    __asm__ volatile("yield");
#endif
}

/// Has the compiler keep the order of memory accesses before and after.
static inline void zeromq_fence_compiler(void) { __atomic_signal_fence(__ATOMIC_SEQ_CST); }

/// Whole pages of memory, zeroed; NULL when there are none or the system has no such call.
void *zeromq_pages_allocate(size_t size);
/// Moves them to a larger block where needed; NULL when there is none, the old one then stays.
void *zeromq_pages_grow(void *pages, size_t size, size_t larger);
/// Gives them back to the system.
void zeromq_pages_free(void *pages, size_t size);

/// Memory of the heap; NULL when there is none.
void *zeromq_heap_allocate(size_t size);
/// Gives it back.
void zeromq_heap_free(void *block);
/// Has the heap give its free pages back, where it does not by itself.
void zeromq_heap_trim(void);

/// Has `body` run when the process ends in an orderly way.
void zeromq_at_exit(void (*body)(void));

// ThreadSanitizer annotations; they do nothing in other builds.
void zeromq_tsan_acquire(void *address);
void zeromq_tsan_release(void *address);

// AddressSanitizer annotations, likewise: memory that nobody may touch, and that may be again.
void zeromq_asan_poison(void *address, size_t size);
void zeromq_asan_unpoison(void *address, size_t size);

#if defined(__linux__)

/// Prepares ``zeromq_fence_threads``; negative where the system has no such call.
int zeromq_fence_prepare(void);
/// Has every running thread of the process execute a memory barrier.
int zeromq_fence_threads(void);

#include <sys/epoll.h>

static const uint32_t ZEROMQ_EPOLLIN = EPOLLIN;
static const uint32_t ZEROMQ_EPOLLOUT = EPOLLOUT;
static const uint32_t ZEROMQ_EPOLLERR = EPOLLERR;
static const uint32_t ZEROMQ_EPOLLHUP = EPOLLHUP;
static const uint32_t ZEROMQ_EPOLLRDHUP = EPOLLRDHUP;
static const uint32_t ZEROMQ_EPOLLET = EPOLLET;
static const uint32_t ZEROMQ_EPOLLONESHOT = EPOLLONESHOT;

/// Makes an epoll descriptor, closed on exec.
int zeromq_epoll_create(void);
/// Adds, changes or removes (`EPOLL_CTL_ADD`, `_MOD`, `_DEL`) a descriptor.
int zeromq_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t data);
/// Waits for events; the timeout is in nanoseconds, negative waits for ever.
int zeromq_epoll_wait(int epoll, struct epoll_event *events, int capacity, int64_t timeout);
/// Makes a non-blocking event counter, closed on exec.
int zeromq_eventfd(void);
/// Adds one to an event counter. A full counter is emptied first, so that every call is an edge.
int zeromq_eventfd_signal(int fd);

#endif

#if defined(__linux__) || defined(__APPLE__)

/// A number that no other thread has while this one lives, without a call; 0 where there is none.
/// Read anew each time: a task goes on with another thread.
static inline uintptr_t zeromq_thread_number(void) {
    uintptr_t number = 0;
#if defined(__linux__) && defined(__x86_64__)
    __asm__ volatile("movq %%fs:0, %0" : "=r"(number));
#elif defined(__linux__) && defined(__aarch64__)
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(number));
#endif
    return number;
}

/// Makes a socket that is non-blocking and closed on exec.
int zeromq_socket(int family, int type);
/// Accepts one connection, non-blocking and closed on exec.
int zeromq_accept(int fd);
/// How many descriptors the process may still open: exact up to `most`, and INT_MAX while the limit
/// is far away. `fd` is any open one to find that out with, or negative.
int zeromq_descriptors_left(int fd, int most);
/// Bytes sent over TCP that the peer has not acknowledged, a FIN counting as one; 0 elsewhere.
int zeromq_unacknowledged(int fd);
/// Bytes received on a stream that nobody has read.
int zeromq_unread(int fd);
/// One non-blocking gather send over `count` iovecs; never raises SIGPIPE.
int64_t zeromq_send(int fd, const void *vectors, int count);
/// One non-blocking scatter receive from a socket.
int64_t zeromq_receive(int fd, const void *vectors, int count);

/// Sleeps while `*address == expected`, until woken or the monotonic deadline in nanoseconds
/// (negative: none).
int zeromq_futex_wait(const void *address, uint32_t expected, int64_t deadline);
/// Wakes up to `count` sleepers.
void zeromq_futex_wake(const void *address, int count);

/// Has `prepare` run before each fork, and then `parent` in the parent and `child` in the child.
int zeromq_watch_forks(void (*prepare)(void), void (*parent)(void), void (*child)(void));
extern uint32_t zeromq_fork_count;
/// How many forks lie between this process and the one that began to watch them.
static inline uint32_t zeromq_forks(void) {
    return __atomic_load_n(&zeromq_fork_count, __ATOMIC_RELAXED);
}

/// Names the calling thread; the kernel keeps 15 bytes.
void zeromq_thread_name(const char *name);
/// Blocks all signals a program may handle, so that a new thread inherits the mask; `old` takes
/// the mask to restore. Faults of the thread itself stay deliverable.
void zeromq_signals_block(void *old, size_t size);
void zeromq_signals_restore(const void *old, size_t size);
/// Fills the buffer with random bytes of the system.
int zeromq_random(void *buffer, size_t count);

#endif

#include "CZeroMQUring.h"

#endif
