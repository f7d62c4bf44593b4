// Two connected sockets, each with the thread that uses it.
#ifndef LINK_H
#define LINK_H

#include "libzmq_loops.h"
#include <stdatomic.h>

struct link {
    const struct libzmq_round *round;
    void *near_context, *far_context; // the same one where the context is shared
    void *near, *far;                 // near binds, far connects
    double seconds;
    _Atomic(const char *) failed;
    int code;
};

// Opens both sockets; false when a call failed, which is then on record.
bool link_open(struct link *link, const struct libzmq_round *round, int near_type, int far_type);

// Runs the two functions, each on a thread of its own, and waits for both.
void link_run(struct link *link, void *(*near)(void *), void *(*far)(void *));

// Closes everything and tells the outcome.
struct libzmq_outcome link_close(struct link *link);

// Records the first failed call and wakes the other thread, so that it does not wait for ever.
void link_fail(struct link *link, const char *call);

double link_now(void);

#endif
