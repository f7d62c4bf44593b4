#include "link.h"
#include "receiver.h"
#include <string.h>

static void *push(void *argument) {
    struct peer *peer = argument;
    const struct libzmq_round *round = peer->link->round;
    uint64_t share = (round->count + 2 * round->margin) / round->peers;
    char *body = malloc(round->size + 1);
    memset(body, 1, round->size + 1);
    for (uint64_t i = 0; i < share; i++) {
        if (zmq_send(peer->socket, body, round->size, 0) < 0) {
            link_fail(peer->link, "zmq_send");
            break;
        }
    }
    free(body);
    return NULL;
}

static void *pull(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    uint64_t total = round->count + 2 * round->margin, start = 0;
    struct receiver receiver;
    receiver_open(&receiver, link->near, round->in_place, round->size);
    for (uint64_t i = 0; i < total; i++) {
        if (i == round->margin) start = bench_now();
        if (i == round->margin + round->count) link->seconds = link_seconds(start, bench_now());
        if (!receiver_expect(&receiver, round->size)) {
            link_fail(link, round->in_place ? "zmq_msg_recv" : "zmq_recv");
            break;
        }
    }
    receiver_close(&receiver);
    return NULL;
}

struct libzmq_outcome libzmq_fan_in(const struct libzmq_round *round) {
    struct link link;
    if (link_open(&link, round, ZMQ_PULL, ZMQ_PUSH)) link_run_all(&link, pull, push);
    return link_close(&link);
}
