#include "handshake.h"
#include <string.h>

enum { GREETING = 64 };

static const uint8_t zmtp_opening[] = {
    0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0, 'N', 'U', 'L', 'L', [GREETING] = 4, 28,
    5, 'R', 'E', 'A', 'D', 'Y',
    11, 'S', 'o', 'c', 'k', 'e', 't', '-', 'T', 'y', 'p', 'e',
    0, 0, 0, 6, 'D', 'E', 'A', 'L', 'E', 'R',
};
// The last number is that of REQ.
static const uint8_t sp_opening[] = {0, 'S', 'P', 0, 0, 0x30, 0, 0};

size_t handshake_opening(enum load_protocol protocol, const uint8_t **bytes) {
    *bytes = protocol == LOAD_ZMTP ? zmtp_opening : sp_opening;
    return protocol == LOAD_ZMTP ? sizeof zmtp_opening : sizeof sp_opening;
}

bool handshake_is_complete(enum load_protocol protocol, const uint8_t *bytes, size_t size) {
    if (protocol == LOAD_SP) return size >= sizeof sp_opening;
    // A greeting and one short command.
    return size >= GREETING + 2 && size >= GREETING + 2 + (size_t)bytes[GREETING + 1];
}

size_t handshake_answer(
    enum load_protocol protocol, const uint8_t *bytes, size_t size, uint8_t *answer
) {
    if (protocol != LOAD_ZMTP) return 0;
    size_t answered = 0;
    for (size_t at = 0; at + 2 <= size && at + 2 + bytes[at + 1] <= size;) {
        size_t length = bytes[at + 1];
        // PING, a time to live and a context; PONG repeats the context.
        if (bytes[at] == 4 && length >= 7 && !memcmp(bytes + at + 2, "\4PING", 5)) {
            answer[answered] = 4;
            answer[answered + 1] = (uint8_t)(length - 2);
            memcpy(answer + answered + 2, "\4PONG", 5);
            memcpy(answer + answered + 7, bytes + at + 9, length - 7);
            answered += length;
        }
        at += 2 + length;
    }
    return answered;
}
