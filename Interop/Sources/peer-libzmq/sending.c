// send and pump: numbered messages out.

#include "peer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void make_body(
    zmq_msg_t *part, const shape *t, uint64_t sequence, int frame, int frames, const char *key) {
    size_t prefix = frame == 0 ? strlen(key) : 0;
    size_t size = shape_size(t, sequence, frame);
    zmq_msg_init_size(part, prefix + size);
    uint8_t *bytes = zmq_msg_data(part);
    memcpy(bytes, key, prefix);
    traffic_fill(bytes + prefix, size, sequence, (uint32_t)frame, (uint32_t)frames);
}

/// Sends message `sequence`. 0, or -1 with zmq_errno().
int send_numbered(
    peer_socket *s, const shape *t, uint64_t sequence, const char *key, bool corrupt,
    long deadline) {
    zmq_msg_t parts[MAX_FRAMES];
    int count = 0;
    if (t->to_count > 0) {
        zmq_msg_init_size(&parts[count], t->to_count);
        memcpy(zmq_msg_data(&parts[count++]), t->to, t->to_count);
    }
    if (t->delimiter) {
        zmq_msg_init(&parts[count++]);
    }
    int frames = shape_frames(t, sequence);
    for (int frame = 0; frame < frames && count < MAX_FRAMES; frame++) {
        make_body(&parts[count++], t, sequence, frame, frames, key);
    }
    zmq_msg_t *last = &parts[count - 1];
    if (corrupt && zmq_msg_size(last) > 0) {
        ((uint8_t *)zmq_msg_data(last))[zmq_msg_size(last) - 1] ^= 0x40;
    }
    return send_parts(s, parts, count, deadline);
}

static int send_patiently(
    peer_socket *s, const shape *t, uint64_t index, bool corrupt, long end) {
    uint64_t keys = t->key_count ? (uint64_t)t->key_count : 1;
    const char *key = t->key_count ? t->keys[index % keys] : "";
    for (;;) {
        long now = now_ms();
        long deadline = now + t->idle < end ? now + t->idle : end;
        int result = send_numbered(s, t, t->first + index / keys, key, corrupt, deadline);
        if (result == 0 || !t->retry || zmq_errno() != EHOSTUNREACH || now >= end) {
            return result;
        }
        nap_us(1000);
    }
}

/// What the self-check asks for: exactly one wrong thing, in the middle.
static int send_sabotaged(peer_socket *s, const shape *t, uint64_t *index, long end) {
    if (strcmp(t->sabotage, "drop") == 0) {
        return 0;
    }
    if (strcmp(t->sabotage, "hang") == 0) {
        pause();
    }
    if (strcmp(t->sabotage, "crash") == 0) {
        abort();
    }
    if (strcmp(t->sabotage, "swap") == 0) {
        int result = send_patiently(s, t, *index + 1, false, end);
        return result ? result : send_patiently(s, t, (*index)++, false, end);
    }
    if (strcmp(t->sabotage, "dup") == 0 && send_patiently(s, t, *index, false, end) != 0) {
        return -1;
    }
    return send_patiently(s, t, *index, strcmp(t->sabotage, "corrupt") == 0, end);
}

/// send NAME [count= size= frames= first= keys= to= delim= idle= timeout= pace=]
void run_send(const command *c) {
    shape t;
    peer_socket *s = c->count > 1 ? find_socket(c->words[1]) : NULL;
    if (!s || !shape_parse(&t, c)) {
        reply("err usage");
        return;
    }
    if (is_stream(s)) {
        run_stream_send(s, &t);
        return;
    }
    long start = now_ms();
    uint64_t middle = t.sabotage[0] ? t.count / 2 : UINT64_MAX;
    for (uint64_t i = 0; i < t.count; i++) {
        uint64_t at = i;
        int result = i == middle ? send_sabotaged(s, &t, &i, start + t.timeout)
                                 : send_patiently(s, &t, i, false, start + t.timeout);
        if (result != 0) {
            reply("err %s sent=%llu", error_word(), (unsigned long long)at);
            return;
        }
        if (t.pace) {
            nap_us(t.pace);
        }
    }
    reply("ok sent=%llu ms=%ld", (unsigned long long)t.count, now_ms() - start);
}

/// pump NAME ...: like send, without end until the next command line comes in.
void run_pump(const command *c) {
    shape t;
    peer_socket *s = c->count > 1 ? find_socket(c->words[1]) : NULL;
    if (!s || !shape_parse(&t, c)) {
        reply("err usage");
        return;
    }
    long end = now_ms() + t.timeout;
    uint64_t sent = 0;
    while (!line_pending() && now_ms() < end) {
        if (send_patiently(s, &t, sent, false, end) != 0) {
            reply("err %s sent=%llu", error_word(), (unsigned long long)sent);
            return;
        }
        sent++;
        nap_us(t.pace ? t.pace : 100);
    }
    reply("ok sent=%llu", (unsigned long long)sent);
}
