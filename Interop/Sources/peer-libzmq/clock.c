// Time.

#include "peer.h"

#include <time.h>

long now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void nap_us(long microseconds) {
    struct timespec t = {microseconds / 1000000, (microseconds % 1000000) * 1000};
    nanosleep(&t, NULL);
}
