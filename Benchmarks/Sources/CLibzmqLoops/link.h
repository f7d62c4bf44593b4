// One socket that binds and one or more that connect to it, with the threads that use them.
#ifndef LINK_H
#define LINK_H

#include "bench_clock.h"
#include "libzmq_loops.h"
#include <stdatomic.h>
#include <zmq.h>

struct bench_gate;

struct link {
    const struct libzmq_round *round;
    void *near_context, *far_context; // the same one where the context is shared
    void *near, *far;                 // near binds, far connects: the first of the peers
    void **peers;
    struct bench_gate *gate; // broken when a call fails, or null
    char endpoint[512]; // to connect to
    double seconds, cpu_seconds;
    _Atomic(const char *) failed;
    int code;
};

// What the thread of one peer is given.
struct peer {
    struct link *link;
    void *socket;
    size_t index;
};

// Opens all sockets; false when a call failed, which is then on record.
bool link_open(struct link *link, const struct libzmq_round *round, int near_type, int far_type);

// Runs the two functions, each on a thread of its own, and waits for both. The near one is given
// the link, the far one its peer.
void link_run(struct link *link, void *(*near)(void *), void *(*far)(void *));

// The same with a thread for each of the peers.
void link_run_all(struct link *link, void *(*near)(void *), void *(*far)(void *));

// Closes everything and tells the outcome.
struct libzmq_outcome link_close(struct link *link);

// Records the first failed call and wakes the other threads, so that they do not wait for ever.
void link_fail(struct link *link, const char *call);

static inline double link_seconds(uint64_t start, uint64_t end) {
    return (double)(end - start) * 1e-9;
}

#endif
