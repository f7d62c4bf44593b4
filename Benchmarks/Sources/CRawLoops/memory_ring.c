#include "memory_ring.h"
#include <stdlib.h>
#include <string.h>

bool memory_ring_open(struct memory_ring *ring, size_t block) {
    memset(ring, 0, sizeof *ring);
    ring->block = block;
    ring->slots = malloc(block * MEMORY_RING_SLOTS);
    if (!ring->slots) return false;
    pthread_mutex_init(&ring->lock, NULL);
    pthread_cond_init(&ring->changed, NULL);
    return true;
}

void memory_ring_close(struct memory_ring *ring) {
    pthread_cond_destroy(&ring->changed);
    pthread_mutex_destroy(&ring->lock);
    free(ring->slots);
}

static char *slot(struct memory_ring *ring, uint64_t index) {
    return ring->slots + (index % MEMORY_RING_SLOTS) * ring->block;
}

void memory_ring_put(struct memory_ring *ring, const char *block) {
    pthread_mutex_lock(&ring->lock);
    while (ring->written - ring->read == MEMORY_RING_SLOTS) {
        pthread_cond_wait(&ring->changed, &ring->lock);
    }
    uint64_t index = ring->written;
    pthread_mutex_unlock(&ring->lock);

    memcpy(slot(ring, index), block, ring->block);

    pthread_mutex_lock(&ring->lock);
    ring->written = index + 1;
    bool wake = ring->written - ring->read == 1;
    pthread_mutex_unlock(&ring->lock);
    if (wake) pthread_cond_signal(&ring->changed);
}

char memory_ring_take(struct memory_ring *ring) {
    pthread_mutex_lock(&ring->lock);
    while (ring->written == ring->read) pthread_cond_wait(&ring->changed, &ring->lock);
    char first = slot(ring, ring->read)[0];
    bool wake = ring->written - ring->read == MEMORY_RING_SLOTS;
    ring->read += 1;
    pthread_mutex_unlock(&ring->lock);
    if (wake) pthread_cond_signal(&ring->changed);
    return first;
}
