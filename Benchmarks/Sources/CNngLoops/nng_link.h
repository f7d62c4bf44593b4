// One socket of nng that listens and one or more that dial it.
#ifndef NNG_LINK_H
#define NNG_LINK_H

#include "nng_library.h"
#include "nng_loops.h"
#include <stdatomic.h>

struct nng_link {
    const struct nng_library *nng;
    const struct nng_round *round;
    nng_handle near, *peers;
    double seconds;
    _Atomic(const char *) failed;
    int code;
};

struct nng_peer {
    struct nng_link *link;
    nng_handle socket;
};

typedef int (*nng_opener)(nng_handle *);

// Opens all sockets; false when a call failed, which is then on record.
bool nng_link_open(
    struct nng_link *link, const struct nng_round *round, nng_opener near, nng_opener far);

// Runs the functions on threads of their own, the far one for every peer.
void nng_link_run(struct nng_link *link, void *(*near)(void *), void *(*far)(void *));

struct nng_outcome nng_link_close(struct nng_link *link);

// Records the first failure and closes the sockets, so that nobody waits for ever.
void nng_link_fail(struct nng_link *link, const char *call, int code);

// Receives one message and looks at its length and first byte; 0 or an error.
int nng_link_receive(struct nng_link *link, nng_handle socket, char *buffer);

#endif
