#include "bench_clock.h"
#include "memory_ring.h"
#include "raw.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct lane {
    struct memory_ring there, back;
    const struct raw_round *round;
};

static char *new_block(size_t size) {
    char *block = malloc(size);
    memset(block, 1, size);
    return block;
}

static void *put_blocks(void *argument) {
    struct lane *lane = argument;
    char *block = new_block(lane->round->block);
    uint64_t total = lane->round->count + 2 * lane->round->margin;
    for (uint64_t i = 0; i < total; i++) memory_ring_put(&lane->there, block);
    free(block);
    return NULL;
}

static double take_blocks(struct lane *lane) {
    const struct raw_round *round = lane->round;
    for (uint64_t i = 0; i < round->margin; i++) memory_ring_take(&lane->there);
    double start = raw_now();
    for (uint64_t i = 0; i < round->count; i++) memory_ring_take(&lane->there);
    double seconds = raw_now() - start;
    for (uint64_t i = 0; i < round->margin; i++) memory_ring_take(&lane->there);
    return seconds;
}

static void *echo_blocks(void *argument) {
    struct lane *lane = argument;
    char *block = new_block(lane->round->block);
    uint64_t total = lane->round->count + lane->round->margin;
    for (uint64_t i = 0; i < total; i++) {
        block[0] = memory_ring_take(&lane->there);
        memory_ring_put(&lane->back, block);
    }
    free(block);
    return NULL;
}

static double exchange_blocks(struct lane *lane) {
    const struct raw_round *round = lane->round;
    char *block = new_block(round->block);
    uint64_t first = 0, last = 0;
    for (uint64_t i = 0; i < round->margin + round->count; i++) {
        if (i == round->margin) first = last = bench_now();
        memory_ring_put(&lane->there, block);
        memory_ring_take(&lane->back);
        if (i < round->margin) continue;
        uint64_t now = bench_now();
        round->samples[i - round->margin] = bench_sample(last, now);
        last = now;
    }
    double seconds = (double)(last - first) * 1e-9;
    free(block);
    return seconds;
}

static struct raw_outcome run(
    const struct raw_round *round, void *(*other)(void *), double (*timed)(struct lane *)
) {
    struct lane lane = {.round = round};
    struct raw_outcome outcome = {0};
    pthread_t thread;
    if (!memory_ring_open(&lane.there, round->block)) return raw_failure("malloc", ENOMEM);
    if (!memory_ring_open(&lane.back, round->block)) {
        memory_ring_close(&lane.there);
        return raw_failure("malloc", ENOMEM);
    }
    int code = pthread_create(&thread, NULL, other, &lane);
    if (code) {
        outcome = raw_failure("pthread_create", code);
    } else {
        outcome.seconds = timed(&lane);
        pthread_join(thread, NULL);
    }
    memory_ring_close(&lane.there);
    memory_ring_close(&lane.back);
    return outcome;
}

struct raw_outcome raw_memory_throughput(const struct raw_round *round) {
    return run(round, put_blocks, take_blocks);
}

struct raw_outcome raw_memory_round_trip(const struct raw_round *round) {
    return run(round, echo_blocks, exchange_blocks);
}
