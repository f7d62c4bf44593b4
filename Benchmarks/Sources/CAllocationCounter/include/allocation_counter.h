// Counts the calls that allocate memory, thread by thread, by standing in for malloc and its kin.
#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// False where the C library offers no way to stand in for malloc: nothing is counted there.
bool allocation_counter_works(void);

// Counting is off at first; while it is off an allocation costs one more test of a flag.
void allocation_counter_switch(bool on);

// The allocations counted so far, on every thread and on the calling thread.
uint64_t allocation_counter_total(void);
uint64_t allocation_counter_of_this_thread(void);

#endif
