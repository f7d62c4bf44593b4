// The limits: what the same machine does with no messaging library at all.
#ifndef RAW_LOOPS_H
#define RAW_LOOPS_H

#include <stddef.h>
#include <stdint.h>

enum raw_transport {
    RAW_TCP,    // a loopback connection, TCP_NODELAY, default buffers
    RAW_UNIX,   // a pair of connected unix stream sockets
    RAW_MEMORY, // blocks copied once and handed from thread to thread
};

struct raw_round {
    enum raw_transport transport;
    size_t block;      // bytes a call sends
    uint64_t margin;   // blocks before and after the timed ones
    uint64_t count;    // timed blocks, or round trips
    uint32_t *samples; // nanoseconds of each timed round trip, or null
};

struct raw_outcome {
    double seconds;
    const char *failed; // the call that failed, or null
    int code;           // its errno
};

// One thread sends blocks, one receives them: the time of `count` blocks at the receiver.
struct raw_outcome raw_throughput(const struct raw_round *round);

// One block there and back, `count` times.
struct raw_outcome raw_round_trip(const struct raw_round *round);

#endif
