// The loops that measure libzmq, in C so that nothing stands between them and the library.
#ifndef LIBZMQ_LOOPS_H
#define LIBZMQ_LOOPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct libzmq_round {
    const char *endpoint; // to bind; it may have wildcards
    bool shared_context;  // one context for both ends, or one for each
    bool in_place;        // zmq_msg_recv and zmq_msg_send of what came, or zmq_recv and zmq_send
    size_t size;          // bytes of a message
    uint64_t margin;      // messages before and after the timed ones
    uint64_t count;       // timed messages, or round trips
};

struct libzmq_outcome {
    double seconds;
    const char *failed; // the call that failed, or null
    int code;           // its errno
};

// PUSH to PULL: the time from the first to the last timed message at the receiver.
struct libzmq_outcome libzmq_throughput(const struct libzmq_round *round);

// REQ to REP and back: the time of `count` round trips at the requester.
struct libzmq_outcome libzmq_round_trip(const struct libzmq_round *round);

#endif
