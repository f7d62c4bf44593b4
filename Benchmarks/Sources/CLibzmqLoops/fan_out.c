#include "bench_gate.h"
#include "link.h"
#include "receiver.h"
#include <string.h>
#include <unistd.h>

// Publishes until every subscriber hears it.
static bool greet(struct link *link, char *body) {
    body[0] = 0;
    while (!bench_gate_is_ready(link->gate)) {
        if (zmq_send(link->near, body, link->round->size, 0) < 0) return false;
        usleep(1000);
    }
    body[0] = 1;
    return true;
}

static bool publish(struct link *link, char *body, uint64_t from, uint64_t to) {
    const struct libzmq_round *round = link->round;
    uint64_t stride = round->window / 8;
    for (uint64_t i = from; i < to; i++) {
        if (round->topics.one_in > 1) bench_topic_of_message(body, &round->topics, i);
        if (zmq_send(link->near, body, round->size, 0) < 0) return false;
        if (i % stride == 0 && i > round->window &&
            !bench_gate_wait(link->gate, i - round->window)) return false;
    }
    return bench_gate_wait(link->gate, to);
}

static void *publisher(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    char *body = malloc(round->size);
    memset(body, 1, round->size);
    bool whole = greet(link, body) && publish(link, body, 0, round->margin);
    uint64_t start = bench_now();
    whole = whole && publish(link, body, round->margin, round->margin + round->count);
    link->seconds = link_seconds(start, bench_now());
    if (!whole) link_fail(link, "publishing");
    free(body);
    return NULL;
}

static bool subscribe(const struct peer *peer) {
    const struct bench_topics *topics = &peer->link->round->topics;
    char topic[BENCH_TOPIC_SIZE] = {0};
    if (topics->one_in == 1) return zmq_setsockopt(peer->socket, ZMQ_SUBSCRIBE, "", 0) == 0;
    for (uint64_t i = 0; i < topics->subscriptions; i++) {
        bench_topic_write(topic, peer->index % topics->one_in, i);
        if (zmq_setsockopt(peer->socket, ZMQ_SUBSCRIBE, topic, sizeof topic)) return false;
    }
    // The greeting comes last: who hears it has subscribed to everything.
    topic[0] = 0;
    return zmq_setsockopt(peer->socket, ZMQ_SUBSCRIBE, topic, 1) == 0;
}

static bool receive_all(struct peer *peer, struct receiver *receiver) {
    const struct libzmq_round *round = peer->link->round;
    struct bench_gate *gate = peer->link->gate;
    uint64_t one_in = round->topics.one_in, margin = round->margin / one_in, got = 0;
    uint64_t expected = (round->margin + round->count) / one_in;
    uint64_t stride = round->window / 8 / one_in;
    bool greeted = false;
    while (got < expected) {
        const char *bytes;
        int length = receiver_next(receiver, &bytes);
        if (length < 0) return false;
        if (bytes[0] == 0) {
            if (!greeted) bench_gate_ready(gate);
            greeted = true;
            continue;
        }
        if ((size_t)length != round->size) {
            errno = EBADMSG;
            return false;
        }
        got += 1;
        if (got % stride == 0 || got == margin || got == expected) {
            bench_gate_report(gate, peer->index, got * one_in);
        }
    }
    return true;
}

static void *subscriber(void *argument) {
    struct peer *peer = argument;
    const struct libzmq_round *round = peer->link->round;
    struct receiver receiver;
    receiver_open(&receiver, peer->socket, round->in_place, round->size);
    if (!subscribe(peer) || !receive_all(peer, &receiver)) link_fail(peer->link, "receiving");
    receiver_close(&receiver);
    return NULL;
}

struct libzmq_outcome libzmq_fan_out(const struct libzmq_round *round) {
    struct link link;
    struct bench_gate *gate = bench_gate_open(round->peers);
    bool open = link_open(&link, round, ZMQ_PUB, ZMQ_SUB);
    link.gate = gate;
    if (open) link_run_all(&link, publisher, subscriber);
    struct libzmq_outcome outcome = link_close(&link);
    bench_gate_close(gate);
    return outcome;
}
