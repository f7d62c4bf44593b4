#include "bench_clock.h"
#include "nng_link.h"
#include <stdlib.h>
#include <string.h>

static void *push(void *argument) {
    struct nng_peer *peer = argument;
    const struct nng_round *round = peer->link->round;
    uint64_t share = (round->count + 2 * round->margin) / round->peers;
    char *body = malloc(round->size + 1);
    memset(body, 1, round->size + 1);
    for (uint64_t i = 0; i < share; i++) {
        int code = peer->link->nng->send(peer->socket, body, round->size, 0);
        if (code) {
            nng_link_fail(peer->link, "nng_send", code);
            break;
        }
    }
    free(body);
    return NULL;
}

static void *pull(void *argument) {
    struct nng_link *link = argument;
    const struct nng_round *round = link->round;
    uint64_t total = round->count + 2 * round->margin, start = 0;
    char *buffer = malloc(round->size + 1);
    for (uint64_t i = 0; i < total; i++) {
        if (i == round->margin) start = bench_now();
        if (i == round->margin + round->count) link->seconds = (double)(bench_now() - start) * 1e-9;
        int code = nng_link_receive(link, link->near, buffer);
        if (code) {
            nng_link_fail(link, "receiving", code);
            break;
        }
    }
    free(buffer);
    return NULL;
}

struct nng_outcome nng_loops_throughput(const struct nng_round *round) {
    const struct nng_library *nng = nng_library();
    struct nng_link link;
    if (nng_link_open(&link, round, nng->pull_open, nng->push_open)) {
        nng_link_run(&link, pull, push);
    }
    return nng_link_close(&link);
}
