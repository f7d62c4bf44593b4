// The loops that measure libzmq, in C so that nothing stands between them and the library.
#ifndef LIBZMQ_LOOPS_H
#define LIBZMQ_LOOPS_H

#include "bench_topics.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct libzmq_round {
    const char *endpoint; // to bind; it may have wildcards
    bool shared_context;  // one context for both ends, or one for each
    bool in_place;        // zmq_msg_recv and zmq_msg_send of what came, or zmq_recv and zmq_send
    bool routed;          // DEALER and ROUTER instead of PUSH and PULL, REQ and REP
    size_t size;          // bytes of a frame
    size_t frames;        // of a message
    size_t peers;         // connecting sockets
    int io_threads;       // of each context
    int high_water_mark;  // of all sockets, 0 for the default
    uint64_t window;      // messages a publisher may be ahead of its slowest subscriber
    struct bench_topics topics;
    bool connects_later; // the loop does it, a few at a time
    uint64_t margin;     // messages before and after the timed ones
    uint64_t count;      // timed messages, or round trips
    uint32_t *samples;   // nanoseconds of each timed round trip, or null
};

struct libzmq_outcome {
    double seconds;
    double cpu_seconds; // of the process in that time, where setting up takes much of a round
    const char *failed; // the call that failed, or null
    int code;           // its errno
};

// One sender, one receiver: the time from the first to the last timed message at the receiver.
struct libzmq_outcome libzmq_throughput(const struct libzmq_round *round);

// There and back: the time of `count` round trips at the requester.
struct libzmq_outcome libzmq_round_trip(const struct libzmq_round *round);

// PUB to many SUB: the time from the first timed message sent to the last received by all.
struct libzmq_outcome libzmq_fan_out(const struct libzmq_round *round);

// Many PUSH to one PULL: the time at the receiver.
struct libzmq_outcome libzmq_fan_in(const struct libzmq_round *round);

// A ROUTER that answers many DEALERs, each with one request under way.
struct libzmq_outcome libzmq_router(const struct libzmq_round *round);

// A ROUTER bound to a port of its own that nobody uses; null when a call failed.
void *libzmq_server_open(int heartbeat_milliseconds, int *port);

#endif
