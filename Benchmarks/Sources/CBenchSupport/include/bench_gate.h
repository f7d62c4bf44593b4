// Holds a publisher back so that the slowest of its subscribers never falls too far behind.
#ifndef BENCH_GATE_H
#define BENCH_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bench_gate;

struct bench_gate *bench_gate_open(size_t count);
void bench_gate_close(struct bench_gate *gate);

// A subscriber hears the publisher.
void bench_gate_ready(struct bench_gate *gate);
// Whether all of them do.
bool bench_gate_is_ready(struct bench_gate *gate);

// Subscriber `index` has got all it wants of the first `progress` messages.
void bench_gate_report(struct bench_gate *gate, size_t index, uint64_t progress);
// Waits until every subscriber has come so far; false when the gate is broken.
bool bench_gate_wait(struct bench_gate *gate, uint64_t progress);

// Ends all waiting.
void bench_gate_break(struct bench_gate *gate);

#endif
