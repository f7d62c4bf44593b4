// The clock every loop reads, in C and in Swift alike.
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdint.h>
#include <time.h>

// Nanoseconds of the monotonic clock.
static inline uint64_t bench_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

// The time from `start` to now, as a sample: at most four seconds.
static inline uint32_t bench_sample(uint64_t start, uint64_t now) {
    return now - start < UINT32_MAX ? (uint32_t)(now - start) : UINT32_MAX;
}

#endif
