// As much of kqueue as the poller uses, over epoll, so that the poller can be run on Linux.
#pragma once
#include <stdint.h>

struct timespec;

struct kevent64_s {
    uint64_t ident;
    int16_t filter;
    uint16_t flags;
    uint32_t fflags;
    int64_t data;
    uint64_t udata, ext[2];
};

#define EVFILT_READ (-1)
#define EVFILT_WRITE (-2)
#define EVFILT_USER (-10)
#define EV_ADD 0x0001
#define EV_DELETE 0x0002
#define EV_ENABLE 0x0004
#define EV_ONESHOT 0x0010
#define EV_CLEAR 0x0020
#define EV_DISPATCH 0x0080
#define EV_ERROR 0x4000
#define EV_EOF 0x8000
#define NOTE_TRIGGER 0x01000000

int kqueue(void);
int kevent64(int queue, const struct kevent64_s *changes, int change_count,
             struct kevent64_s *events, int event_count, unsigned flags,
             const struct timespec *timeout);
/// In place of `close`, for the queue itself.
void kqueue_close(int queue);
