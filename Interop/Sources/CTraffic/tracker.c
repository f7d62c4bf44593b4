#include "traffic.h"

#include <stdlib.h>
#include <string.h>

// Numbers further than this beyond the base are damage, not traffic.
#define SPAN_LIMIT (1u << 26)

void traffic_tracker_init(traffic_tracker *tracker, bool has_base, uint64_t base) {
    memset(tracker, 0, sizeof *tracker);
    tracker->has_base = has_base;
    tracker->base = base;
    tracker->next = base;
}

void traffic_tracker_free(traffic_tracker *tracker) {
    free(tracker->seen);
    tracker->seen = NULL;
    tracker->seen_size = 0;
}

uint64_t traffic_tracker_expected(const traffic_tracker *tracker) {
    return tracker->next;
}

static bool grow(traffic_tracker *tracker, size_t index) {
    if (index < tracker->seen_size) {
        return true;
    }
    size_t size = tracker->seen_size ? tracker->seen_size : 1024;
    while (size <= index) {
        size *= 2;
    }
    uint8_t *seen = realloc(tracker->seen, size);
    if (!seen) {
        return false;
    }
    memset(seen + tracker->seen_size, 0, size - tracker->seen_size);
    tracker->seen = seen;
    tracker->seen_size = size;
    return true;
}

void traffic_tracker_add(traffic_tracker *tracker, uint64_t sequence, bool intact) {
    if (tracker->got++ == 0) {
        tracker->first_seen = sequence;
    }
    if (!tracker->has_base) {
        tracker->has_base = true;
        tracker->base = sequence;
        tracker->next = sequence;
    }
    uint64_t index = sequence - tracker->base;
    if (!intact) {
        tracker->corrupt++;
    }
    if (sequence < tracker->base || index >= SPAN_LIMIT || !grow(tracker, (size_t)index)) {
        tracker->corrupt += intact ? 1 : 0;
        return;
    }
    if (tracker->seen[index]) {
        tracker->duplicate++;
        return;
    }
    tracker->seen[index] = 1;
    tracker->distinct++;
    if (sequence < tracker->next) {
        tracker->disorder++;
    } else {
        tracker->next = sequence + 1;
    }
}

uint64_t traffic_tracker_lost(const traffic_tracker *tracker) {
    return tracker->next - tracker->base - tracker->distinct;
}
