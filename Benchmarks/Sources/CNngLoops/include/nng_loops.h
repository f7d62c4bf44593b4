// The loops that measure nng. The library is looked for when the program runs: without it there is
// one side less.
#ifndef NNG_LOOPS_H
#define NNG_LOOPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nng_round {
    const char *endpoint; // to listen on; port 0 is any
    bool in_place;        // nng_recvmsg, or nng_recv into a buffer
    size_t size;          // bytes of a message
    size_t peers;         // sockets that dial
    uint64_t margin;      // messages before and after the timed ones
    uint64_t count;       // timed messages, or round trips
    uint32_t *samples;    // nanoseconds of each timed round trip, or null
};

struct nng_outcome {
    double seconds;
    const char *failed; // the call that failed, or null
    const char *reason;
};

// The version of the library; null when there is none.
const char *nng_loops_version(void);

// PUSH, of which there may be many, to one PULL: the time at the receiver.
struct nng_outcome nng_loops_throughput(const struct nng_round *round);

// REQ to REP and back: the time of `count` round trips at the requester.
struct nng_outcome nng_loops_round_trip(const struct nng_round *round);

// A REP socket that listens on a port of its own and that nobody uses; false when a call failed.
bool nng_loops_server_open(int *port);

#endif
