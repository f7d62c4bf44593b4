// put and take: one message, frame by frame, in hexadecimal.

#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// put NAME HEX,HEX,... [timeout=MS]   (an empty frame is written as nothing)
void run_put(const command *c) {
    zmq_msg_t parts[MAX_FRAMES];
    peer_socket *s = c->count > 2 ? find_socket(c->words[1]) : NULL;
    if (!s) {
        reply("err usage");
        return;
    }
    int count = 0;
    const char *text = c->words[2];
    while (text && count < MAX_FRAMES) {
        size_t length = strcspn(text, ",");
        zmq_msg_init_size(&parts[count], length / 2);
        from_hex(text, zmq_msg_data(&parts[count]), length / 2);
        count++;
        text = text[length] ? text + length + 1 : NULL;
    }
    if (send_parts(s, parts, count, now_ms() + number(c, "timeout", 3000)) == 0) {
        reply("ok");
    } else {
        reply("err %s", error_word());
    }
}

/// take NAME [timeout=MS] -> ok frames=HEX,HEX,...
void run_take(const command *c) {
    zmq_msg_t parts[MAX_FRAMES];
    peer_socket *s = c->count > 1 ? find_socket(c->words[1]) : NULL;
    if (!s) {
        reply("err usage");
        return;
    }
    int count = receive_parts(s, parts, MAX_FRAMES, now_ms() + number(c, "timeout", 3000));
    if (count < 0) {
        reply("err %s", error_word());
        return;
    }
    printf("ok frames=");
    for (int i = 0; i < count; i++) {
        const uint8_t *bytes = zmq_msg_data(&parts[i]);
        for (size_t b = 0; b < zmq_msg_size(&parts[i]); b++) {
            printf("%02x", bytes[b]);
        }
        if (i + 1 < count) {
            putchar(',');
        }
    }
    close_parts(parts, count);
    reply("%s", "");
}
