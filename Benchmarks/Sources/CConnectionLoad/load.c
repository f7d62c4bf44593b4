#include "connection_load.h"

#if defined(__linux__)

#include "bench_clock.h"
#include "handshake.h"
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct connection {
    int fd;
    bool has_opened;
    size_t got;         // bytes of the handshake
    uint64_t next_try;  // nanoseconds; the server has refused it meanwhile
    uint8_t bytes[HANDSHAKE_ROOM];
};

struct connection_load {
    struct load_plan plan;
    int epoll;
    struct connection *connections;
    size_t begun, complete, refused;
    // Those to be tried again, in the order of their time.
    struct connection **waiting;
    size_t first_waiting, past_waiting;
};

// As the libraries wait by default.
enum { RETRY_NANOSECONDS = 100000000 };

struct connection_load *load_open(const struct load_plan *plan) {
    struct connection_load *load = calloc(1, sizeof *load);
    load->plan = *plan;
    load->connections = calloc(plan->count, sizeof *load->connections);
    load->waiting = calloc(plan->count, sizeof *load->waiting);
    for (size_t i = 0; i < plan->count; i++) load->connections[i].fd = -1;
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (load->epoll >= 0) return load;
    load_close(load);
    return NULL;
}

size_t load_refused(const struct connection_load *load) { return load->refused; }

void load_close(struct connection_load *load) {
    int error = errno;
    for (size_t i = 0; i < load->plan.count; i++) {
        if (load->connections[i].fd >= 0) close(load->connections[i].fd);
    }
    if (load->epoll >= 0) close(load->epoll);
    free(load->waiting);
    free(load->connections);
    free(load);
    errno = error;
}

static bool begin(struct connection_load *load, struct connection *connection) {
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(load->plan.port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = connection};
    connection->has_opened = false;
    connection->got = 0;
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection->fd < 0) return false;
    if (connect(connection->fd, (struct sockaddr *)&address, sizeof address) &&
        errno != EINPROGRESS) return false;
    return epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->fd, &event) == 0;
}

// The server closed it.
static void try_again(struct connection_load *load, struct connection *connection) {
    close(connection->fd);
    connection->fd = -1;
    connection->next_try = bench_now() + RETRY_NANOSECONDS;
    load->waiting[load->past_waiting++ % load->plan.count] = connection;
    load->refused += 1;
}

// Begins what is due; false when a call failed.
static bool begin_due(struct connection_load *load) {
    while (load->begun < load->plan.count &&
           load->begun - load->complete < load->plan.at_once) {
        if (!begin(load, &load->connections[load->begun++])) return false;
    }
    while (load->first_waiting < load->past_waiting) {
        struct connection *next = load->waiting[load->first_waiting % load->plan.count];
        if (next->next_try > bench_now()) break;
        load->first_waiting += 1;
        if (!begin(load, next)) return false;
    }
    return true;
}

static void open_handshake(struct connection_load *load, struct connection *connection) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    const uint8_t *bytes;
    size_t size = handshake_opening(load->plan.protocol, &bytes);
    connection->has_opened = true;
    if (send(connection->fd, bytes, size, MSG_NOSIGNAL) != (ssize_t)size ||
        epoll_ctl(load->epoll, EPOLL_CTL_MOD, connection->fd, &event)) {
        try_again(load, connection);
    }
}

static void go_on(struct connection_load *load, struct connection *connection) {
    uint8_t *free_space = connection->bytes + connection->got;
    ssize_t n = recv(connection->fd, free_space, HANDSHAKE_ROOM - connection->got, 0);
    if (n <= 0) {
        if (n == 0 || errno != EAGAIN) try_again(load, connection);
        return;
    }
    connection->got += (size_t)n;
    if (!handshake_is_complete(load->plan.protocol, connection->bytes, connection->got)) return;
    connection->got = HANDSHAKE_ROOM;
    load->complete += 1;
    if (load->plan.keeps) return;
    close(connection->fd);
    connection->fd = -1;
}

static void drop(struct connection_load *load, struct connection *connection) {
    load->complete -= 1;
    try_again(load, connection);
}

static void serve(struct connection_load *load, struct connection *connection) {
    uint8_t bytes[HANDSHAKE_ROOM], answer[HANDSHAKE_ROOM];
    ssize_t n = recv(connection->fd, bytes, sizeof bytes, 0);
    if (n <= 0) {
        if (n == 0 || errno != EAGAIN) drop(load, connection);
        return;
    }
    size_t size = handshake_answer(load->plan.protocol, bytes, (size_t)n, answer);
    if (size && send(connection->fd, answer, size, MSG_NOSIGNAL) < 0) drop(load, connection);
}

static void handle(struct connection_load *load, struct connection *connection) {
    if (connection->fd < 0) return;
    if (!connection->has_opened) {
        open_handshake(load, connection);
    } else if (connection->got < HANDSHAKE_ROOM) {
        go_on(load, connection);
    } else {
        serve(load, connection);
    }
}

double load_connect(struct connection_load *load) {
    struct epoll_event events[256];
    uint64_t start = bench_now();
    while (load->complete < load->plan.count) {
        if (!begin_due(load)) return -1;
        int ready = epoll_wait(load->epoll, events, 256, 10);
        for (int i = 0; i < ready; i++) handle(load, events[i].data.ptr);
        if ((double)(bench_now() - start) * 1e-9 > load->plan.give_up) {
            errno = ETIMEDOUT;
            return -1;
        }
    }
    return (double)(bench_now() - start) * 1e-9;
}

size_t load_serve(struct connection_load *load, int descriptor, double give_up) {
    struct epoll_event events[256];
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(load->epoll, EPOLL_CTL_ADD, descriptor, &event);
    uint64_t start = bench_now();
    bool is_over = false;
    while (!is_over && (double)(bench_now() - start) * 1e-9 < give_up) {
        if (!begin_due(load)) break;
        int ready = epoll_wait(load->epoll, events, 256, 10);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr) handle(load, events[i].data.ptr);
            else is_over = true;
        }
    }
    epoll_ctl(load->epoll, EPOLL_CTL_DEL, descriptor, NULL);
    return load->complete;
}

#else

#include <errno.h>

struct connection_load *load_open(const struct load_plan *plan) {
    (void)plan;
    errno = ENOTSUP;
    return NULL;
}
double load_connect(struct connection_load *load) { (void)load; return -1; }
size_t load_serve(struct connection_load *load, int descriptor, double give_up) {
    (void)load; (void)descriptor; (void)give_up;
    return 0;
}
size_t load_refused(const struct connection_load *load) { (void)load; return 0; }
void load_close(struct connection_load *load) { (void)load; }

#endif
