#include "link.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

static void *push(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    uint64_t total = round->count + 2 * round->margin;
    char *body = malloc(round->size + 1);
    memset(body, 1, round->size + 1);
    for (uint64_t i = 0; i < total; i++) {
        if (zmq_send(link->far, body, round->size, 0) < 0) {
            link_fail(link, "zmq_send");
            break;
        }
    }
    free(body);
    return NULL;
}

// Receives `count` messages into `buffer`; looks at the length and the first byte of each.
static bool receive_copies(struct link *link, uint64_t count, char *buffer) {
    size_t size = link->round->size;
    for (uint64_t i = 0; i < count; i++) {
        int length = zmq_recv(link->near, buffer, size, 0);
        if (length < 0) return false;
        if ((size_t)length != size || buffer[0] != 1) {
            errno = EBADMSG;
            return false;
        }
    }
    return true;
}

// The same through zmq_msg_t, which saves libzmq the copy of large messages.
static bool receive_in_place(struct link *link, uint64_t count, zmq_msg_t *message) {
    size_t size = link->round->size;
    for (uint64_t i = 0; i < count; i++) {
        if (zmq_msg_recv(message, link->near, 0) < 0) return false;
        if (zmq_msg_size(message) != size || *(const char *)zmq_msg_data(message) != 1) {
            errno = EBADMSG;
            return false;
        }
    }
    return true;
}

static void *pull(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    uint64_t parts[3] = {round->margin, round->count, round->margin};
    double times[4] = {0};
    char *buffer = malloc(round->size + 1);
    zmq_msg_t message;
    zmq_msg_init(&message);
    for (int part = 0; part < 3; part++) {
        bool received = round->in_place ? receive_in_place(link, parts[part], &message)
                                        : receive_copies(link, parts[part], buffer);
        if (!received) {
            link_fail(link, round->in_place ? "zmq_msg_recv" : "zmq_recv");
            break;
        }
        times[part + 1] = link_now();
    }
    link->seconds = times[2] - times[1];
    zmq_msg_close(&message);
    free(buffer);
    return NULL;
}

struct libzmq_outcome libzmq_throughput(const struct libzmq_round *round) {
    struct link link;
    if (link_open(&link, round, ZMQ_PULL, ZMQ_PUSH)) link_run(&link, pull, push);
    return link_close(&link);
}
