#include "nng_link.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NNG_LINK_CHANGED = -1 };

void nng_link_fail(struct nng_link *link, const char *call, int code) {
    const char *none = NULL;
    if (!atomic_compare_exchange_strong(&link->failed, &none, call)) return;
    link->code = code;
    link->nng->close(link->near);
    for (size_t i = 0; i < link->round->peers; i++) link->nng->close(link->peers[i]);
}

// Where to dial what was listened on: with the port the system chose.
static int resolve(struct nng_link *link, nng_handle listener, char *endpoint, size_t room) {
    int port = 0;
    snprintf(endpoint, room, "%s", link->round->endpoint);
    if (strncmp(endpoint, "tcp:", 4)) return 0;
    int code = link->nng->listener_get_int(listener, "tcp-bound-port", &port);
    snprintf(endpoint, room, "tcp://127.0.0.1:%d", port);
    return code;
}

static int open_sockets(struct nng_link *link, nng_opener near, nng_opener far) {
    char endpoint[256];
    nng_handle listener = {0};
    int code = near(&link->near);
    if (!code) code = link->nng->listen(link->near, link->round->endpoint, &listener, 0);
    if (!code) code = resolve(link, listener, endpoint, sizeof endpoint);
    for (size_t i = 0; !code && i < link->round->peers; i++) {
        code = far(&link->peers[i]);
        if (!code) code = link->nng->dial(link->peers[i], endpoint, NULL, 0);
    }
    return code;
}

bool nng_link_open(
    struct nng_link *link, const struct nng_round *round, nng_opener near, nng_opener far
) {
    memset(link, 0, sizeof *link);
    link->nng = nng_library();
    link->round = round;
    link->peers = calloc(round->peers, sizeof *link->peers);
    int code = open_sockets(link, near, far);
    if (code) nng_link_fail(link, "opening the sockets", code);
    return !code;
}

void nng_link_run(struct nng_link *link, void *(*near)(void *), void *(*far)(void *)) {
    size_t count = link->round->peers, started = 0;
    pthread_t near_thread, *threads = calloc(count, sizeof *threads);
    struct nng_peer *peers = calloc(count, sizeof *peers);
    int code = pthread_create(&near_thread, NULL, near, link);
    if (code) {
        nng_link_fail(link, "pthread_create", code);
    } else {
        for (; started < count; started++) {
            peers[started] = (struct nng_peer){link, link->peers[started]};
            code = pthread_create(&threads[started], NULL, far, &peers[started]);
            if (code) break;
        }
        if (code) nng_link_fail(link, "pthread_create", code);
        for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
        pthread_join(near_thread, NULL);
    }
    free(peers);
    free(threads);
}

struct nng_outcome nng_link_close(struct nng_link *link) {
    const char *failed = atomic_load(&link->failed);
    if (!failed) {
        for (size_t i = 0; i < link->round->peers; i++) link->nng->close(link->peers[i]);
        link->nng->close(link->near);
    }
    free(link->peers);
    struct nng_outcome outcome = {link->seconds, failed, NULL};
    if (!failed) return outcome;
    outcome.reason = link->code == NNG_LINK_CHANGED ? "a message came back changed"
                                                    : link->nng->strerror(link->code);
    return outcome;
}

int nng_link_receive(struct nng_link *link, nng_handle socket, char *buffer) {
    const struct nng_library *nng = link->nng;
    size_t size = link->round->size, length = size;
    if (!link->round->in_place) {
        int code = nng->recv(socket, buffer, &length, 0);
        if (code) return code;
        return length == size && buffer[0] == 1 ? 0 : NNG_LINK_CHANGED;
    }
    void *message = NULL;
    int code = nng->recvmsg(socket, &message, 0);
    if (code) return code;
    bool whole = nng->msg_len(message) == size && *(char *)nng->msg_body(message) == 1;
    nng->msg_free(message);
    return whole ? 0 : NNG_LINK_CHANGED;
}
