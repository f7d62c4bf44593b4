#ifndef RAW_H
#define RAW_H

#include "raw_loops.h"

struct raw_outcome raw_stream_throughput(const struct raw_round *round);
struct raw_outcome raw_stream_round_trip(const struct raw_round *round);
struct raw_outcome raw_memory_throughput(const struct raw_round *round);
struct raw_outcome raw_memory_round_trip(const struct raw_round *round);

struct raw_outcome raw_failure(const char *call, int code);
double raw_now(void);

#endif
