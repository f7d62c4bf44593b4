#include "bench_process.h"
#include "link.h"
#include "receiver.h"
#include <string.h>

enum { A_FEW = 200 };

// Every dealer has one request under way, so as many come as there are dealers.
static void *answer(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    uint64_t total = round->peers + round->margin + round->count;
    char id[256];
    char *body = malloc(round->size + 1);
    for (uint64_t i = 0; i < total; i++) {
        int length = zmq_recv(link->near, id, sizeof id, 0);
        if (length < 0 || zmq_recv(link->near, body, round->size, 0) < 0 ||
            zmq_send(link->near, id, (size_t)length, ZMQ_SNDMORE) < 0 ||
            zmq_send(link->near, body, round->size, 0) < 0) {
            link_fail(link, "answering");
            break;
        }
    }
    free(body);
    return NULL;
}

// One request of each of some dealers.
static bool ask_some(struct link *link, const char *body, struct receiver *receiver, size_t from,
                     size_t to) {
    size_t size = link->round->size;
    for (size_t i = from; i < to; i++) {
        if (zmq_send(link->peers[i], body, size, 0) < 0) return false;
    }
    for (size_t i = from; i < to; i++) {
        receiver->socket = link->peers[i];
        if (!receiver_expect(receiver, size)) return false;
    }
    return true;
}

// Connects the dealers a few at a time: how a rush is borne is another question.
static bool connect_all(struct link *link, const char *body, struct receiver *receiver) {
    size_t peers = link->round->peers;
    for (size_t from = 0; from < peers; from += A_FEW) {
        size_t to = from + A_FEW < peers ? from + A_FEW : peers;
        for (size_t i = from; i < to; i++) {
            if (zmq_connect(link->peers[i], link->endpoint)) return false;
        }
        if (!ask_some(link, body, receiver, from, to)) return false;
    }
    return true;
}

static bool ask_all(struct link *link, const char *body, struct receiver *receiver,
                    uint64_t count) {
    size_t peers = link->round->peers;
    for (uint64_t asked = 0; asked < count; asked += peers) {
        if (!ask_some(link, body, receiver, 0, peers)) return false;
    }
    return true;
}

static void *ask(void *argument) {
    struct link *link = ((struct peer *)argument)->link;
    const struct libzmq_round *round = link->round;
    struct receiver receiver;
    receiver_open(&receiver, link->far, round->in_place, round->size);
    char *body = malloc(round->size + 1);
    memset(body, 1, round->size + 1);
    bool whole =
        connect_all(link, body, &receiver) && ask_all(link, body, &receiver, round->margin);
    uint64_t start = bench_now();
    double spent = bench_cpu_seconds();
    whole = whole && ask_all(link, body, &receiver, round->count);
    link->seconds = link_seconds(start, bench_now());
    link->cpu_seconds = bench_cpu_seconds() - spent;
    if (!whole) link_fail(link, "asking");
    free(body);
    receiver_close(&receiver);
    return NULL;
}

struct libzmq_outcome libzmq_router(const struct libzmq_round *round) {
    struct link link;
    if (link_open(&link, round, ZMQ_ROUTER, ZMQ_DEALER)) link_run(&link, answer, ask);
    return link_close(&link);
}
