#include "link.h"
#include "receiver.h"
#include <string.h>

// Every dealer has one request under way, so as many come as there are dealers.
static void *answer(void *argument) {
    struct link *link = argument;
    const struct libzmq_round *round = link->round;
    uint64_t total = round->count + round->margin;
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

static bool ask_all(struct link *link, const char *body, uint64_t count) {
    const struct libzmq_round *round = link->round;
    char *buffer = malloc(round->size + 1);
    bool whole = true;
    for (uint64_t asked = 0; whole && asked < count; asked += round->peers) {
        for (size_t i = 0; whole && i < round->peers; i++) {
            whole = zmq_send(link->peers[i], body, round->size, 0) >= 0;
        }
        for (size_t i = 0; whole && i < round->peers; i++) {
            whole = zmq_recv(link->peers[i], buffer, round->size, 0) == (int)round->size;
        }
    }
    free(buffer);
    return whole;
}

static void *ask(void *argument) {
    struct link *link = ((struct peer *)argument)->link;
    const struct libzmq_round *round = link->round;
    char *body = malloc(round->size + 1);
    memset(body, 1, round->size + 1);
    bool whole = ask_all(link, body, round->margin);
    uint64_t start = bench_now();
    whole = whole && ask_all(link, body, round->count);
    link->seconds = link_seconds(start, bench_now());
    if (!whole) link_fail(link, "asking");
    free(body);
    return NULL;
}

struct libzmq_outcome libzmq_router(const struct libzmq_round *round) {
    struct link link;
    if (link_open(&link, round, ZMQ_ROUTER, ZMQ_DEALER)) link_run(&link, answer, ask);
    return link_close(&link);
}
