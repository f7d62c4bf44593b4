// The peer's part of a handshake.
#ifndef HANDSHAKE_H
#define HANDSHAKE_H

#include "connection_load.h"

enum { HANDSHAKE_ROOM = 512 };

// What a peer sends as soon as it is connected; its size.
size_t handshake_opening(enum load_protocol protocol, const uint8_t **bytes);

// Whether what came so far is the server's whole part.
bool handshake_is_complete(enum load_protocol protocol, const uint8_t *bytes, size_t size);

// The answer to what came after the handshake: its size, 0 for none. `answer` has as much room as
// there are bytes.
size_t handshake_answer(
    enum load_protocol protocol, const uint8_t *bytes, size_t size, uint8_t *answer);

#endif
