#include "raw.h"
#include <time.h>

double raw_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct raw_outcome raw_failure(const char *call, int code) {
    struct raw_outcome outcome = {0, call, code};
    return outcome;
}

struct raw_outcome raw_throughput(const struct raw_round *round) {
    if (round->transport == RAW_MEMORY) return raw_memory_throughput(round);
    return raw_stream_throughput(round);
}

struct raw_outcome raw_round_trip(const struct raw_round *round) {
    if (round->transport == RAW_MEMORY) return raw_memory_round_trip(round);
    return raw_stream_round_trip(round);
}
