#include "traffic.h"

#include <string.h>

#define PERIOD 251
#define PATTERN (PERIOD * 256)

static uint8_t pattern[PATTERN + PERIOD];

__attribute__((constructor)) static void make_pattern(void) {
    for (size_t i = 0; i < sizeof pattern; i++) {
        pattern[i] = (uint8_t)(i % PERIOD);
    }
}

static uint32_t crc32(const uint8_t *bytes, size_t count) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
        }
    }
    return ~crc;
}

static void put_little(uint8_t *at, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static uint64_t get_little(const uint8_t *at, int bytes) {
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) {
        value |= (uint64_t)at[i] << (8 * i);
    }
    return value;
}

static void make_header(
    uint8_t *at, size_t size, uint64_t sequence, uint32_t frame, uint32_t frames) {
    put_little(at, sequence, 8);
    put_little(at + 8, frame, 4);
    put_little(at + 12, frames, 4);
    put_little(at + 16, crc32(at, 16), 4);
    put_little(at + 20, size, 4);
}

static size_t seed_of(uint64_t sequence, uint32_t frame) {
    return (size_t)((sequence % PERIOD * 31 + frame % PERIOD * 7) % PERIOD);
}

void traffic_fill(
    uint8_t *body, size_t size, uint64_t sequence, uint32_t frame, uint32_t frames) {
    size_t offset = 0;
    if (size >= TRAFFIC_HEADER) {
        make_header(body, size, sequence, frame, frames);
        offset = TRAFFIC_HEADER;
    }
    while (offset < size) {
        size_t part = size - offset < PATTERN ? size - offset : PATTERN;
        memcpy(body + offset, pattern + (seed_of(sequence, frame) + offset) % PERIOD, part);
        offset += part;
    }
}

bool traffic_sequence(const uint8_t *body, size_t size, uint64_t *sequence) {
    if (size < TRAFFIC_HEADER || get_little(body + 16, 4) != crc32(body, 16)) {
        return false;
    }
    *sequence = get_little(body, 8);
    return true;
}

bool traffic_matches(
    const uint8_t *body, size_t size, uint64_t sequence, uint32_t frame, uint32_t frames) {
    size_t offset = 0;
    if (size >= TRAFFIC_HEADER) {
        uint8_t header[TRAFFIC_HEADER];
        make_header(header, size, sequence, frame, frames);
        if (memcmp(header, body, TRAFFIC_HEADER) != 0) {
            return false;
        }
        offset = TRAFFIC_HEADER;
    }
    while (offset < size) {
        size_t part = size - offset < PATTERN ? size - offset : PATTERN;
        const uint8_t *wanted = pattern + (seed_of(sequence, frame) + offset) % PERIOD;
        if (memcmp(body + offset, wanted, part) != 0) {
            return false;
        }
        offset += part;
    }
    return true;
}
