#include "link.h"
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

double link_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void link_fail(struct link *link, const char *call) {
    int code = errno;
    const char *none = NULL;
    if (!atomic_compare_exchange_strong(&link->failed, &none, call)) return;
    link->code = code;
    if (link->near_context) zmq_ctx_shutdown(link->near_context);
    if (link->far_context) zmq_ctx_shutdown(link->far_context);
}

static bool open_sockets(struct link *link, int near_type, int far_type) {
    char endpoint[512];
    size_t length = sizeof endpoint;
    if (!(link->near = zmq_socket(link->near_context, near_type))) return false;
    if (!(link->far = zmq_socket(link->far_context, far_type))) return false;
    if (zmq_bind(link->near, link->round->endpoint)) return false;
    if (zmq_getsockopt(link->near, ZMQ_LAST_ENDPOINT, endpoint, &length)) return false;
    return zmq_connect(link->far, endpoint) == 0;
}

bool link_open(struct link *link, const struct libzmq_round *round, int near_type, int far_type) {
    memset(link, 0, sizeof *link);
    link->round = round;
    link->near_context = zmq_ctx_new();
    link->far_context = round->shared_context ? link->near_context : zmq_ctx_new();
    if (link->near_context && link->far_context && open_sockets(link, near_type, far_type)) {
        return true;
    }
    link_fail(link, "opening the sockets");
    return false;
}

void link_run(struct link *link, void *(*near)(void *), void *(*far)(void *)) {
    pthread_t near_thread, far_thread;
    int code = pthread_create(&near_thread, NULL, near, link);
    if (code) {
        errno = code;
        link_fail(link, "pthread_create");
        return;
    }
    code = pthread_create(&far_thread, NULL, far, link);
    if (code) {
        errno = code;
        link_fail(link, "pthread_create");
    } else {
        pthread_join(far_thread, NULL);
    }
    pthread_join(near_thread, NULL);
}

static void close_socket(void *socket) {
    int none = 0;
    if (!socket) return;
    zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof none);
    zmq_close(socket);
}

struct libzmq_outcome link_close(struct link *link) {
    close_socket(link->far);
    close_socket(link->near);
    if (link->near_context) zmq_ctx_term(link->near_context);
    if (link->far_context && link->far_context != link->near_context) {
        zmq_ctx_term(link->far_context);
    }
    struct libzmq_outcome outcome = {link->seconds, atomic_load(&link->failed), link->code};
    return outcome;
}
