#include "bench_gate.h"
#include <pthread.h>
#include <stdlib.h>

struct bench_gate {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t wanted; // what the publisher waits for
    uint64_t *progress;
    size_t count, ready;
    bool broken;
};

struct bench_gate *bench_gate_open(size_t count) {
    struct bench_gate *gate = calloc(1, sizeof *gate);
    gate->progress = calloc(count, sizeof *gate->progress);
    gate->count = count;
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->changed, NULL);
    return gate;
}

void bench_gate_close(struct bench_gate *gate) {
    pthread_cond_destroy(&gate->changed);
    pthread_mutex_destroy(&gate->lock);
    free(gate->progress);
    free(gate);
}

void bench_gate_ready(struct bench_gate *gate) {
    pthread_mutex_lock(&gate->lock);
    gate->ready += 1;
    pthread_mutex_unlock(&gate->lock);
}

bool bench_gate_is_ready(struct bench_gate *gate) {
    pthread_mutex_lock(&gate->lock);
    bool ready = gate->ready == gate->count || gate->broken;
    pthread_mutex_unlock(&gate->lock);
    return ready;
}

static bool has_come(const struct bench_gate *gate, uint64_t progress) {
    for (size_t i = 0; i < gate->count; i++) {
        if (gate->progress[i] < progress) return false;
    }
    return true;
}

void bench_gate_report(struct bench_gate *gate, size_t index, uint64_t progress) {
    pthread_mutex_lock(&gate->lock);
    gate->progress[index] = progress;
    bool wake = gate->wanted && progress >= gate->wanted && has_come(gate, gate->wanted);
    pthread_mutex_unlock(&gate->lock);
    if (wake) pthread_cond_signal(&gate->changed);
}

bool bench_gate_wait(struct bench_gate *gate, uint64_t progress) {
    pthread_mutex_lock(&gate->lock);
    gate->wanted = progress;
    while (!gate->broken && !has_come(gate, progress)) {
        pthread_cond_wait(&gate->changed, &gate->lock);
    }
    gate->wanted = 0;
    bool whole = !gate->broken;
    pthread_mutex_unlock(&gate->lock);
    return whole;
}

void bench_gate_break(struct bench_gate *gate) {
    pthread_mutex_lock(&gate->lock);
    gate->broken = true;
    pthread_mutex_unlock(&gate->lock);
    pthread_cond_signal(&gate->changed);
}
