// What the running process uses and may use.
#ifndef BENCH_PROCESS_H
#define BENCH_PROCESS_H

#include <stdint.h>
#include <stdio.h>

// Seconds of CPU that all threads have used so far, in the program and in the system.
double bench_cpu_seconds(void);

// Bytes of memory the process holds, 0 where the system does not tell.
uint64_t bench_resident_bytes(void);

// Bytes of memory the machine has, 0 where the system does not tell.
uint64_t bench_machine_memory(void);

// Raises the limit on open files as far as it goes and tells what it is.
uint64_t bench_raise_descriptor_limit(void);

struct bench_child {
    int pid;
    int from, to; // descriptors: what the child prints, what it reads
};

// Starts this program again with other words, the last of them null; 0 or an errno.
int bench_child_start(struct bench_child *child, const char *const *words);

// Closes what the child reads, which ends it, and waits for it.
void bench_child_end(struct bench_child *child);

#endif
