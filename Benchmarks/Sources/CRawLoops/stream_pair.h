#ifndef STREAM_PAIR_H
#define STREAM_PAIR_H

#include "raw_loops.h"
#include <stdbool.h>

// Two connected stream sockets; false with errno set when a call failed.
bool stream_pair(enum raw_transport transport, int pair[2]);

#endif
