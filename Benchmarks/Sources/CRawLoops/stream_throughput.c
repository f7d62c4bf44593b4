#include "raw.h"
#include "stream_pair.h"
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// Past this size a receive gets no cheaper.
enum { LARGE_RECEIVE = 256 << 10 };

struct sender {
    int fd;
    size_t block;
    uint64_t blocks;
};

static void *send_blocks(void *argument) {
    struct sender *sender = argument;
    char *block = malloc(sender->block);
    memset(block, 1, sender->block);
    for (uint64_t i = 0; i < sender->blocks; i++) {
        for (size_t sent = 0; sent < sender->block;) {
            ssize_t n = send(sender->fd, block + sent, sender->block - sent, 0);
            if (n <= 0) goto done;
            sent += (size_t)n;
        }
    }
done:
    free(block);
    shutdown(sender->fd, SHUT_WR);
    return NULL;
}

// Receives until `*got` is at least `until`; false when the stream ended before.
static bool receive_until(int fd, char *buffer, size_t room, uint64_t *got, uint64_t until) {
    while (*got < until) {
        ssize_t n = recv(fd, buffer, room, 0);
        if (n <= 0) return false;
        *got += (uint64_t)n;
    }
    return true;
}

static struct raw_outcome receive_blocks(int fd, const struct raw_round *round) {
    size_t room = round->block < LARGE_RECEIVE ? LARGE_RECEIVE : round->block;
    char *buffer = malloc(room);
    uint64_t got = 0, margin = round->margin * round->block, timed = round->count * round->block;
    struct raw_outcome outcome = {0};
    bool complete = receive_until(fd, buffer, room, &got, margin);
    uint64_t first = got;
    double start = raw_now();
    complete = complete && receive_until(fd, buffer, room, &got, first + timed);
    // A receive rarely ends on the last timed byte: scale to the bytes asked for.
    if (complete) outcome.seconds = (raw_now() - start) * (double)timed / (double)(got - first);
    complete = complete && receive_until(fd, buffer, room, &got, 2 * margin + timed);
    if (!complete) outcome = raw_failure("recv", errno);
    free(buffer);
    return outcome;
}

struct raw_outcome raw_stream_throughput(const struct raw_round *round) {
    int pair[2];
    if (!stream_pair(round->transport, pair)) return raw_failure("connecting", errno);
    struct sender sender = {pair[0], round->block, round->count + 2 * round->margin};
    pthread_t thread;
    struct raw_outcome outcome;
    int code = pthread_create(&thread, NULL, send_blocks, &sender);
    if (code) {
        outcome = raw_failure("pthread_create", code);
    } else {
        outcome = receive_blocks(pair[1], round);
        shutdown(pair[1], SHUT_RDWR);
        pthread_join(thread, NULL);
    }
    close(pair[0]);
    close(pair[1]);
    return outcome;
}
