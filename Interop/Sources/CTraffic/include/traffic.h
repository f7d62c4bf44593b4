// What the peers send to each other, and how a receiver judges it.
//
// A body of 24 bytes or more begins with a header (little-endian):
//     0  sequence number of the message, 64 bits
//     8  index of the frame in its message, 32 bits
//    12  number of frames, 32 bits
//    16  CRC-32 of bytes 0 to 15, 32 bits
//    20  size of the body, 32 bits
// Every other byte, and every byte of a shorter body, is (seed + offset) mod 251 with
// seed = (31 * sequence + 7 * frame) mod 251. The period is odd, so that pieces of a power-of-two
// size that were swapped, lost or repeated inside a body never match.

#ifndef TRAFFIC_H
#define TRAFFIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRAFFIC_HEADER 24

/// Writes the body of frame `frame` (of `frames`) of message `sequence`.
void traffic_fill(uint8_t *body, size_t size, uint64_t sequence, uint32_t frame, uint32_t frames);

/// The sequence number a body carries; false if it is too short or its header is damaged.
bool traffic_sequence(const uint8_t *body, size_t size, uint64_t *sequence);

/// Is this exactly what traffic_fill() writes?
bool traffic_matches(
    const uint8_t *body, size_t size, uint64_t sequence, uint32_t frame, uint32_t frames);

/// One stream of numbered messages as its receiver saw it.
typedef struct {
    uint64_t base;       ///< Number the stream begins with.
    bool has_base;       ///< Otherwise the first number seen becomes the base.
    uint64_t next;       ///< Highest number seen, plus one.
    uint64_t first_seen; ///< Number of the first message that came.
    uint64_t got;        ///< Messages that came, sound or not.
    uint64_t distinct;   ///< Different numbers among them.
    uint64_t duplicate;  ///< Numbers that came again.
    uint64_t disorder;   ///< Numbers that came after a higher one.
    uint64_t corrupt;    ///< Messages whose content is wrong.
    uint8_t *seen;       ///< One byte a number, from the base on.
    size_t seen_size;
} traffic_tracker;

void traffic_tracker_init(traffic_tracker *tracker, bool has_base, uint64_t base);
void traffic_tracker_free(traffic_tracker *tracker);
/// The number expected next, for bodies too short to carry one.
uint64_t traffic_tracker_expected(const traffic_tracker *tracker);
void traffic_tracker_add(traffic_tracker *tracker, uint64_t sequence, bool intact);
/// Numbers missing between the base and the highest one seen.
uint64_t traffic_tracker_lost(const traffic_tracker *tracker);

#endif
