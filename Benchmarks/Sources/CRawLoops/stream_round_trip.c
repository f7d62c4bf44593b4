#include "bench_clock.h"
#include "raw.h"
#include "stream_pair.h"
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct echo {
    int fd;
    size_t block;
};

static bool move_block(int fd, char *block, size_t size, bool out) {
    for (size_t moved = 0; moved < size;) {
        ssize_t n = out ? send(fd, block + moved, size - moved, 0)
                        : recv(fd, block + moved, size - moved, 0);
        if (n <= 0) return false;
        moved += (size_t)n;
    }
    return true;
}

static void *echo_blocks(void *argument) {
    struct echo *echo = argument;
    char *block = malloc(echo->block);
    while (move_block(echo->fd, block, echo->block, false) &&
           move_block(echo->fd, block, echo->block, true)) {
    }
    free(block);
    return NULL;
}

static bool exchange(int fd, char *block, size_t size) {
    return move_block(fd, block, size, true) && move_block(fd, block, size, false);
}

static bool time_exchanges(int fd, char *block, const struct raw_round *round, double *seconds) {
    for (uint64_t i = 0; i < round->margin; i++) {
        if (!exchange(fd, block, round->block)) return false;
    }
    uint64_t first = bench_now(), last = first;
    for (uint64_t i = 0; i < round->count; i++) {
        if (!exchange(fd, block, round->block)) return false;
        uint64_t now = bench_now();
        round->samples[i] = bench_sample(last, now);
        last = now;
    }
    *seconds = (double)(last - first) * 1e-9;
    return true;
}

static struct raw_outcome time_exchange(int fd, const struct raw_round *round) {
    char *block = malloc(round->block);
    memset(block, 1, round->block);
    struct raw_outcome outcome = {0};
    if (!time_exchanges(fd, block, round, &outcome.seconds)) {
        outcome = raw_failure("exchange", errno);
    }
    free(block);
    return outcome;
}

struct raw_outcome raw_stream_round_trip(const struct raw_round *round) {
    int pair[2];
    if (!stream_pair(round->transport, pair)) return raw_failure("connecting", errno);
    struct echo echo = {pair[1], round->block};
    pthread_t thread;
    struct raw_outcome outcome;
    int code = pthread_create(&thread, NULL, echo_blocks, &echo);
    if (code) {
        outcome = raw_failure("pthread_create", code);
    } else {
        outcome = time_exchange(pair[0], round);
        shutdown(pair[0], SHUT_RDWR);
        pthread_join(thread, NULL);
    }
    close(pair[0]);
    close(pair[1]);
    return outcome;
}
