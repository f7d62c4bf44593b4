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
    size_t got; // bytes of the handshake
    uint8_t bytes[HANDSHAKE_ROOM];
};

struct connection_load {
    struct load_plan plan;
    int epoll, error;
    struct connection *connections;
    size_t begun, complete, lost;
};

struct connection_load *load_open(const struct load_plan *plan) {
    struct connection_load *load = calloc(1, sizeof *load);
    load->plan = *plan;
    load->connections = calloc(plan->count, sizeof *load->connections);
    for (size_t i = 0; i < plan->count; i++) load->connections[i].fd = -1;
    load->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (load->epoll >= 0) return load;
    load_close(load);
    return NULL;
}

void load_close(struct connection_load *load) {
    int error = errno;
    for (size_t i = 0; i < load->plan.count; i++) {
        if (load->connections[i].fd >= 0) close(load->connections[i].fd);
    }
    if (load->epoll >= 0) close(load->epoll);
    free(load->connections);
    free(load);
    errno = error;
}

static void drop(struct connection_load *load, struct connection *connection) {
    close(connection->fd);
    connection->fd = -1;
    load->lost += 1;
}

static bool begin(struct connection_load *load) {
    struct connection *connection = &load->connections[load->begun];
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(load->plan.port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = connection};
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection->fd < 0) return false;
    if (connect(connection->fd, (struct sockaddr *)&address, sizeof address) &&
        errno != EINPROGRESS) return false;
    load->begun += 1;
    return epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->fd, &event) == 0;
}

static void open_handshake(struct connection_load *load, struct connection *connection) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    const uint8_t *bytes;
    size_t size = handshake_opening(load->plan.protocol, &bytes);
    if (send(connection->fd, bytes, size, MSG_NOSIGNAL) != (ssize_t)size ||
        epoll_ctl(load->epoll, EPOLL_CTL_MOD, connection->fd, &event)) {
        load->error = errno;
    }
    connection->has_opened = true;
}

static void go_on(struct connection_load *load, struct connection *connection) {
    uint8_t *free_space = connection->bytes + connection->got;
    ssize_t n = recv(connection->fd, free_space, HANDSHAKE_ROOM - connection->got, 0);
    if (n <= 0) {
        if (n == 0 || errno != EAGAIN) load->error = n == 0 ? ECONNRESET : errno;
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
        while (load->begun < load->plan.count &&
               load->begun - load->complete < load->plan.at_once) {
            if (!begin(load)) return -1;
        }
        int ready = epoll_wait(load->epoll, events, 256, 100);
        for (int i = 0; i < ready; i++) handle(load, events[i].data.ptr);
        if ((double)(bench_now() - start) * 1e-9 > load->plan.give_up) load->error = ETIMEDOUT;
        if (load->error) {
            errno = load->error;
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
        int ready = epoll_wait(load->epoll, events, 256, 100);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr) handle(load, events[i].data.ptr);
            else is_over = true;
        }
    }
    epoll_ctl(load->epoll, EPOLL_CTL_DEL, descriptor, NULL);
    return load->complete - load->lost;
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
void load_close(struct connection_load *load) { (void)load; }

#endif
