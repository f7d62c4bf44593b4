#include "link.h"
#include "receiver.h"
#include <stdlib.h>
#include <string.h>

static bool send_id_back(struct link *link) {
    char id[256];
    int length = zmq_recv(link->near, id, sizeof id, 0);
    return length >= 0 && zmq_send(link->near, id, (size_t)length, ZMQ_SNDMORE) >= 0;
}

static bool reply_with_copies(struct link *link, uint64_t count, char *buffer) {
    for (uint64_t i = 0; i < count; i++) {
        if (link->round->routed && !send_id_back(link)) return false;
        int length = zmq_recv(link->near, buffer, link->round->size, 0);
        if (length < 0 || zmq_send(link->near, buffer, (size_t)length, 0) < 0) return false;
    }
    return true;
}

static bool reply_in_place(struct link *link, uint64_t count, zmq_msg_t *message) {
    for (uint64_t i = 0; i < count; i++) {
        if (link->round->routed && !send_id_back(link)) return false;
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

static bool exchange(struct link *link, const char *body, struct receiver *receiver) {
    size_t size = link->round->size;
    return zmq_send(link->far, body, size, 0) >= 0 && receiver_expect(receiver, size);
}

static bool time_exchanges(struct link *link, const char *body, struct receiver *receiver) {
    const struct libzmq_round *round = link->round;
    for (uint64_t i = 0; i < round->margin; i++) {
        if (!exchange(link, body, receiver)) return false;
    }
    uint64_t first = bench_now(), last = first;
    for (uint64_t i = 0; i < round->count; i++) {
        if (!exchange(link, body, receiver)) return false;
        uint64_t now = bench_now();
        round->samples[i] = bench_sample(last, now);
        last = now;
    }
    link->seconds = link_seconds(first, last);
    return true;
}

static void *request(void *argument) {
    struct link *link = ((struct peer *)argument)->link;
    const struct libzmq_round *round = link->round;
    struct receiver receiver;
    receiver_open(&receiver, link->far, round->in_place, round->size);
    char *body = malloc(round->size + 1);
    memset(body, 1, round->size + 1);
    if (!time_exchanges(link, body, &receiver)) link_fail(link, "requesting");
    free(body);
    receiver_close(&receiver);
    return NULL;
}

struct libzmq_outcome libzmq_round_trip(const struct libzmq_round *round) {
    struct link link;
    int near = round->routed ? ZMQ_ROUTER : ZMQ_REP, far = round->routed ? ZMQ_DEALER : ZMQ_REQ;
    if (link_open(&link, round, near, far)) link_run(&link, reply, request);
    return link_close(&link);
}
