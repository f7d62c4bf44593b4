#include "link.h"
#include "bench_gate.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

void link_fail(struct link *link, const char *call) {
    int code = errno;
    const char *none = NULL;
    if (!atomic_compare_exchange_strong(&link->failed, &none, call)) return;
    link->code = code;
    if (link->near_context) zmq_ctx_shutdown(link->near_context);
    if (link->far_context) zmq_ctx_shutdown(link->far_context);
    if (link->gate) bench_gate_break(link->gate);
}

static void *new_context(const struct libzmq_round *round) {
    void *context = zmq_ctx_new();
    if (!context) return NULL;
    zmq_ctx_set(context, ZMQ_IO_THREADS, round->io_threads);
    // The default is 1023, fewer than some cases have.
    zmq_ctx_set(context, ZMQ_MAX_SOCKETS, (int)round->peers + 1000);
    return context;
}

static void *new_socket(void *context, int type, const struct libzmq_round *round) {
    // The default of 100 makes a crowd that connects wait for its packets to be sent again.
    int backlog = 4096, mark = round->high_water_mark;
    void *socket = zmq_socket(context, type);
    if (!socket) return NULL;
    zmq_setsockopt(socket, ZMQ_BACKLOG, &backlog, sizeof backlog);
    if (mark) {
        zmq_setsockopt(socket, ZMQ_SNDHWM, &mark, sizeof mark);
        zmq_setsockopt(socket, ZMQ_RCVHWM, &mark, sizeof mark);
    }
    return socket;
}

static bool open_sockets(struct link *link, int near_type, int far_type) {
    size_t length = sizeof link->endpoint;
    if (!(link->near = new_socket(link->near_context, near_type, link->round))) return false;
    if (zmq_bind(link->near, link->round->endpoint)) return false;
    if (zmq_getsockopt(link->near, ZMQ_LAST_ENDPOINT, link->endpoint, &length)) return false;
    for (size_t i = 0; i < link->round->peers; i++) {
        link->peers[i] = new_socket(link->far_context, far_type, link->round);
        if (!link->peers[i]) return false;
        if (link->round->connects_later) continue;
        if (zmq_connect(link->peers[i], link->endpoint)) return false;
    }
    link->far = link->peers[0];
    return true;
}

bool link_open(struct link *link, const struct libzmq_round *round, int near_type, int far_type) {
    memset(link, 0, sizeof *link);
    link->round = round;
    link->peers = calloc(round->peers, sizeof *link->peers);
    link->near_context = new_context(round);
    link->far_context = round->shared_context ? link->near_context : new_context(round);
    if (link->near_context && link->far_context && open_sockets(link, near_type, far_type)) {
        return true;
    }
    link_fail(link, "opening the sockets");
    return false;
}

static bool start(struct link *link, pthread_t *thread, void *(*body)(void *), void *argument) {
    int code = pthread_create(thread, NULL, body, argument);
    if (!code) return true;
    errno = code;
    link_fail(link, "pthread_create");
    return false;
}

static void run(struct link *link, size_t count, void *(*near)(void *), void *(*far)(void *)) {
    pthread_t near_thread;
    pthread_t *threads = calloc(count, sizeof *threads);
    struct peer *peers = calloc(count, sizeof *peers);
    size_t started = 0;
    if (start(link, &near_thread, near, link)) {
        for (; started < count; started++) {
            peers[started] = (struct peer){link, link->peers[started], started};
            if (!start(link, &threads[started], far, &peers[started])) break;
        }
        for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
        pthread_join(near_thread, NULL);
    }
    free(peers);
    free(threads);
}

void link_run(struct link *link, void *(*near)(void *), void *(*far)(void *)) {
    run(link, 1, near, far);
}

void link_run_all(struct link *link, void *(*near)(void *), void *(*far)(void *)) {
    run(link, link->round->peers, near, far);
}

static void close_socket(void *socket) {
    int none = 0;
    if (!socket) return;
    zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof none);
    zmq_close(socket);
}

struct libzmq_outcome link_close(struct link *link) {
    for (size_t i = 0; i < link->round->peers; i++) close_socket(link->peers[i]);
    close_socket(link->near);
    if (link->near_context) zmq_ctx_term(link->near_context);
    if (link->far_context && link->far_context != link->near_context) {
        zmq_ctx_term(link->far_context);
    }
    free(link->peers);
    return (struct libzmq_outcome){
        link->seconds, link->cpu_seconds, atomic_load(&link->failed), link->code,
    };
}
