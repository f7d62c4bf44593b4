#include "link.h"
#include "receiver.h"
#include <string.h>

static bool send_message(void *socket, const char *body, size_t size, size_t frames) {
    for (size_t frame = 1; frame < frames; frame++) {
        if (zmq_send(socket, body, size, ZMQ_SNDMORE) < 0) return false;
    }
    return zmq_send(socket, body, size, 0) >= 0;
}

static void *push(void *argument) {
    struct link *link = ((struct peer *)argument)->link;
    const struct libzmq_round *round = link->round;
    uint64_t total = round->count + 2 * round->margin;
    char *body = malloc(round->size + 1);
    memset(body, 1, round->size + 1);
    for (uint64_t i = 0; i < total; i++) {
        if (!send_message(link->far, body, round->size, round->frames)) {
            link_fail(link, "zmq_send");
            break;
        }
    }
    free(body);
    return NULL;
}

// Receives `count` messages; looks at the length and the first byte of each frame.
static bool receive_count(
    struct receiver *receiver, const struct libzmq_round *round, uint64_t count
) {
    const char *id;
    for (uint64_t i = 0; i < count; i++) {
        if (round->routed && receiver_next(receiver, &id) < 0) return false;
        for (size_t frame = 0; frame < round->frames; frame++) {
            if (!receiver_expect(receiver, round->size)) return false;
        }
    }
    return true;
}

static void *pull(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    uint64_t parts[3] = {round->margin, round->count, round->margin};
    uint64_t times[4] = {0};
    struct receiver receiver;
    // Room for a routing id too.
    receiver_open(&receiver, link->near, round->in_place, round->size + 256);
    for (int part = 0; part < 3; part++) {
        if (!receive_count(&receiver, round, parts[part])) {
            link_fail(link, round->in_place ? "zmq_msg_recv" : "zmq_recv");
            break;
        }
        times[part + 1] = bench_now();
    }
    link->seconds = link_seconds(times[1], times[2]);
    receiver_close(&receiver);
    return NULL;
}

struct libzmq_outcome libzmq_throughput(const struct libzmq_round *round) {
    struct link link;
    int near = round->routed ? ZMQ_ROUTER : ZMQ_PULL, far = round->routed ? ZMQ_DEALER : ZMQ_PUSH;
    if (link_open(&link, round, near, far)) link_run(&link, pull, push);
    return link_close(&link);
}
