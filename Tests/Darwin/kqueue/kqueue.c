// kqueue over epoll: the rules of kqueue(2) as the poller relies on them, no more.
//
// Each filter has an epoll of its own, so that a descriptor can be in both and one does not fire
// the other; a third one, which is the queue, waits for these two and for the user's event.
// As in the kernel, a descriptor that is closed is gone from the queue, adding anew what is there
// replaces its flags and data and looks at once whether it is ready, and a change that fails comes
// back as an event where there is room, without waiting.
#define _GNU_SOURCE
#include "kqueue.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { READ, WRITE, FILTERS, MOST_QUEUES = 1 << 16 };

struct knote {
    uint64_t udata;
    uint16_t flags;
    char is_socket;
};

struct queue {
    pthread_mutex_t lock;
    int user, filters[FILTERS];
    struct knote user_note, *notes[FILTERS];
    int capacity;
};

// By descriptor. A queue is closed by its owner when nobody uses it any more.
static struct queue *queues[MOST_QUEUES];

static int add_to(int epoll, int fd, uint32_t events, int data) {
    struct epoll_event event = {.events = events, .data.fd = data};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

int kqueue(void) {
    struct queue *q = calloc(1, sizeof *q);
    if (q == NULL) return -1;
    int fd = epoll_create1(EPOLL_CLOEXEC);
    q->user = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    for (int i = 0; i < FILTERS; i++) q->filters[i] = epoll_create1(EPOLL_CLOEXEC);
    pthread_mutex_init(&q->lock, NULL);
    if (fd < 0 || fd >= MOST_QUEUES || q->user < 0 || q->filters[READ] < 0 ||
        q->filters[WRITE] < 0 || add_to(fd, q->filters[READ], EPOLLIN, 0) < 0 ||
        add_to(fd, q->filters[WRITE], EPOLLIN, 0) < 0 || add_to(fd, q->user, EPOLLIN, 0) < 0) {
        int code = errno;
        if (fd >= 0) close(fd);
        if (q->user >= 0) close(q->user);
        for (int i = 0; i < FILTERS; i++) if (q->filters[i] >= 0) close(q->filters[i]);
        free(q);
        errno = code == 0 ? EMFILE : code;
        return -1;
    }
    __atomic_store_n(&queues[fd], q, __ATOMIC_RELEASE);
    return fd;
}

void kqueue_close(int fd) {
    struct queue *q = __atomic_exchange_n(&queues[fd], NULL, __ATOMIC_ACQ_REL);
    close(fd);
    if (q == NULL) return;
    close(q->user);
    for (int i = 0; i < FILTERS; i++) {
        close(q->filters[i]);
        free(q->notes[i]);
    }
    pthread_mutex_destroy(&q->lock);
    free(q);
}

// MARK: changes

static int grow(struct queue *q, int fd) {
    if (fd < q->capacity) return 0;
    int capacity = (fd + 1) * 2;
    for (int i = 0; i < FILTERS; i++) {
        struct knote *notes = realloc(q->notes[i], (size_t)capacity * sizeof *notes);
        if (notes == NULL) return ENOMEM;
        q->notes[i] = notes;
    }
    q->capacity = capacity;
    return 0;
}

static int change_user(struct queue *q, const struct kevent64_s *change) {
    if (change->flags & EV_ADD) {
        q->user_note.udata = change->udata;
        q->user_note.flags = change->flags;
    }
    if (!(q->user_note.flags & EV_ADD)) return ENOENT;
    uint64_t one = 1;
    if (change->fflags & NOTE_TRIGGER && write(q->user, &one, sizeof one) < 0 && errno != EAGAIN)
        return errno;
    return 0;
}

static int change_one(struct queue *q, const struct kevent64_s *change) {
    if (change->filter == EVFILT_USER) return change_user(q, change);
    int filter = change->filter == EVFILT_READ ? READ : WRITE;
    int fd = (int)change->ident, epoll = q->filters[filter];
    if (change->flags & EV_DELETE) {
        return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL) < 0 ? errno : 0;
    }
    struct stat form;
    if (fstat(fd, &form) < 0) return errno;
    int code = grow(q, fd);
    if (code != 0) return code;
    struct epoll_event event = {.data.fd = fd};
    event.events = filter == READ ? EPOLLIN | EPOLLRDHUP : EPOLLOUT;
    if (change->flags & EV_CLEAR) event.events |= EPOLLET;
    if (change->flags & (EV_ONESHOT | EV_DISPATCH)) event.events |= EPOLLONESHOT;
    if (epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event) < 0 &&
        (errno != ENOENT || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0))
        return errno;
    struct knote *note = &q->notes[filter][fd];
    note->udata = change->udata;
    note->flags = change->flags;
    note->is_socket = S_ISSOCK(form.st_mode);
    return 0;
}

// MARK: events

// The error of a connect that has failed. That of a connection stays where a call will find it.
static uint32_t connect_error(int fd) {
    struct sockaddr_storage peer;
    socklen_t size = sizeof peer;
    int code = 0;
    if (getpeername(fd, (struct sockaddr *)&peer, &size) == 0) return 0;
    size = sizeof code;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &size) < 0 ? 0 : (uint32_t)code;
}

static int translate(struct queue *q, int filter, uint32_t told, int fd, struct kevent64_s *event) {
    struct knote note = q->notes[filter][fd];
    // A socket that has not been connected yet hangs up for epoll, and not for kqueue.
    uint32_t ends = filter == READ ? EPOLLRDHUP : EPOLLHUP | EPOLLERR;
    uint32_t counts = filter == READ ? EPOLLIN | EPOLLRDHUP | EPOLLERR : EPOLLOUT | ends;
    if (!note.is_socket) ends |= EPOLLHUP, counts |= EPOLLHUP;
    if (filter == WRITE && (told & (EPOLLOUT | EPOLLHUP | EPOLLERR)) == 0) return 0;
    if (!(told & counts)) return 0;
    memset(event, 0, sizeof *event);
    event->ident = (uint64_t)fd;
    event->filter = filter == READ ? EVFILT_READ : EVFILT_WRITE;
    event->flags = note.flags;
    event->udata = note.udata;
    if (told & ends || (told & EPOLLERR && note.is_socket)) event->flags |= EV_EOF;
    if (filter == WRITE && event->flags & EV_EOF) event->fflags = connect_error(fd);
    if (note.flags & EV_ONESHOT) epoll_ctl(q->filters[filter], EPOLL_CTL_DEL, fd, NULL);
    return 1;
}

static int collect(struct queue *q, struct kevent64_s *events, int most) {
    struct epoll_event told[64];
    int count = 0;
    uint64_t times;
    if (most > 0 && read(q->user, &times, sizeof times) == (ssize_t)sizeof times) {
        memset(&events[0], 0, sizeof events[0]);
        events[0].filter = EVFILT_USER;
        events[0].flags = q->user_note.flags;
        events[0].udata = q->user_note.udata;
        count = 1;
    }
    for (int filter = 0; filter < FILTERS; filter++) {
        while (count < most) {
            int room = most - count < 64 ? most - count : 64;
            int got = epoll_wait(q->filters[filter], told, room, 0);
            for (int i = 0; i < got; i++)
                count += translate(q, filter, told[i].events, told[i].data.fd, &events[count]);
            if (got < room) break;
        }
    }
    return count;
}

int kevent64(int fd, const struct kevent64_s *changes, int change_count,
             struct kevent64_s *events, int event_count, unsigned flags,
             const struct timespec *timeout) {
    (void)flags;
    struct queue *q = __atomic_load_n(&queues[fd], __ATOMIC_ACQUIRE);
    if (q == NULL) return errno = EBADF, -1;
    int errors = 0;
    pthread_mutex_lock(&q->lock);
    for (int i = 0; i < change_count; i++) {
        int code = change_one(q, &changes[i]);
        if (code == 0) continue;
        if (errors == event_count) {
            pthread_mutex_unlock(&q->lock);
            return errno = code, -1;
        }
        events[errors] = changes[i];
        events[errors].flags = EV_ERROR;
        events[errors++].data = code;
    }
    pthread_mutex_unlock(&q->lock);
    if (errors > 0 || event_count == 0) return errors;
    struct epoll_event ready[3];
    int waited = epoll_pwait2(fd, ready, 3, timeout, NULL);
    if (waited <= 0) return waited;
    pthread_mutex_lock(&q->lock);
    int count = collect(q, events, event_count);
    pthread_mutex_unlock(&q->lock);
    return count;
}
