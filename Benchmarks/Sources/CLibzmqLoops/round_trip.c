#include "link.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

static bool reply_with_copies(struct link *link, uint64_t count, char *buffer) {
    for (uint64_t i = 0; i < count; i++) {
        int length = zmq_recv(link->near, buffer, link->round->size, 0);
        if (length < 0 || zmq_send(link->near, buffer, (size_t)length, 0) < 0) return false;
    }
    return true;
}

static bool reply_in_place(struct link *link, uint64_t count, zmq_msg_t *message) {
    for (uint64_t i = 0; i < count; i++) {
        if (zmq_msg_recv(message, link->near, 0) < 0) return false;
        if (zmq_msg_send(message, link->near, 0) < 0) return false;
    }
    return true;
}

static void *reply(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    uint64_t total = round->count + round->margin;
    char *buffer = malloc(round->size + 1);
    zmq_msg_t message;
    zmq_msg_init(&message);
    bool replied = round->in_place ? reply_in_place(link, total, &message)
                                   : reply_with_copies(link, total, buffer);
    if (!replied) link_fail(link, "replying");
    zmq_msg_close(&message);
    free(buffer);
    return NULL;
}

static bool request_count(struct link *link, uint64_t count, const char *body, char *buffer) {
    size_t size = link->round->size;
    for (uint64_t i = 0; i < count; i++) {
        if (zmq_send(link->far, body, size, 0) < 0) return false;
        int length = zmq_recv(link->far, buffer, size, 0);
        if (length < 0) return false;
        if ((size_t)length != size || buffer[0] != 1) {
            errno = EBADMSG;
            return false;
        }
    }
    return true;
}

static void *request(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    char *body = malloc(round->size + 1), *buffer = malloc(round->size + 1);
    memset(body, 1, round->size + 1);
    bool answered = request_count(link, round->margin, body, buffer);
    double start = link_now();
    answered = answered && request_count(link, round->count, body, buffer);
    link->seconds = link_now() - start;
    if (!answered) link_fail(link, "requesting");
    free(body);
    free(buffer);
    return NULL;
}

struct libzmq_outcome libzmq_round_trip(const struct libzmq_round *round) {
    struct link link;
    if (link_open(&link, round, ZMQ_REP, ZMQ_REQ)) link_run(&link, reply, request);
    return link_close(&link);
}
