#include "bench_clock.h"
#include "nng_link.h"
#include <stdlib.h>
#include <string.h>

static int reply_in_place(struct nng_link *link) {
    void *message = NULL;
    int code = link->nng->recvmsg(link->near, &message, 0);
    if (code) return code;
    code = link->nng->sendmsg(link->near, message, 0);
    if (code) link->nng->msg_free(message);
    return code;
}

static int reply_once(struct nng_link *link, char *buffer) {
    if (link->round->in_place) return reply_in_place(link);
    size_t length = link->round->size;
    int code = link->nng->recv(link->near, buffer, &length, 0);
    return code ? code : link->nng->send(link->near, buffer, length, 0);
}

static void *reply(void *argument) {
    struct nng_link *link = argument;
    const struct nng_round *round = link->round;
    char *buffer = malloc(round->size + 1);
    for (uint64_t i = 0; i < round->count + round->margin; i++) {
        int code = reply_once(link, buffer);
        if (code) {
            nng_link_fail(link, "replying", code);
            break;
        }
    }
    free(buffer);
    return NULL;
}

static int exchange(struct nng_peer *peer, char *body, char *buffer) {
    struct nng_link *link = peer->link;
    int code = link->nng->send(peer->socket, body, link->round->size, 0);
    return code ? code : nng_link_receive(link, peer->socket, buffer);
}

static int time_exchanges(struct nng_peer *peer, char *body, char *buffer) {
    const struct nng_round *round = peer->link->round;
    for (uint64_t i = 0; i < round->margin; i++) {
        int code = exchange(peer, body, buffer);
        if (code) return code;
    }
    uint64_t first = bench_now(), last = first;
    for (uint64_t i = 0; i < round->count; i++) {
        int code = exchange(peer, body, buffer);
        if (code) return code;
        uint64_t now = bench_now();
        round->samples[i] = bench_sample(last, now);
        last = now;
    }
    peer->link->seconds = (double)(last - first) * 1e-9;
    return 0;
}

static void *request(void *argument) {
    struct nng_peer *peer = argument;
    size_t room = peer->link->round->size + 1;
    char *body = malloc(room), *buffer = malloc(room);
    memset(body, 1, room);
    int code = time_exchanges(peer, body, buffer);
    if (code) nng_link_fail(peer->link, "requesting", code);
    free(body);
    free(buffer);
    return NULL;
}

struct nng_outcome nng_loops_round_trip(const struct nng_round *round) {
    const struct nng_library *nng = nng_library();
    struct nng_link link;
    if (nng_link_open(&link, round, nng->rep_open, nng->req_open)) {
        nng_link_run(&link, reply, request);
    }
    return nng_link_close(&link);
}
