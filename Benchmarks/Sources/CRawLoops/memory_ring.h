#ifndef MEMORY_RING_H
#define MEMORY_RING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MEMORY_RING_SLOTS = 16 };

// A bounded queue of blocks between two threads, under one lock: the plainest hand-over there is.
struct memory_ring {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t written, read;
    size_t block;
    char *slots;
};

bool memory_ring_open(struct memory_ring *ring, size_t block);
void memory_ring_close(struct memory_ring *ring);

// Copies a block in; waits while the ring is full.
void memory_ring_put(struct memory_ring *ring, const char *block);

// Waits for a block and looks at its first byte, as a receiver of messages does.
char memory_ring_take(struct memory_ring *ring);

#endif
