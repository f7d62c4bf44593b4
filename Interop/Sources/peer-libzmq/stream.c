// STREAM: numbered bodies back to back in a byte stream.

#include "peer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool is_stream(const peer_socket *s) {
    return strcmp(s->type, "STREAM") == 0;
}

void run_stream_send(peer_socket *s, const shape *t) {
    long end = now_ms() + t->timeout;
    for (uint64_t i = 0; i < t->count; i++) {
        zmq_msg_t parts[2];
        size_t size = shape_size(t, t->first + i, 0);
        zmq_msg_init_size(&parts[0], t->to_count);
        memcpy(zmq_msg_data(&parts[0]), t->to, t->to_count);
        zmq_msg_init_size(&parts[1], size);
        traffic_fill(zmq_msg_data(&parts[1]), size, t->first + i, 0, 1);
        if (send_parts(s, parts, 2, end) != 0) {
            reply("err %s sent=%llu", error_word(), (unsigned long long)i);
            return;
        }
    }
    reply("ok sent=%llu", (unsigned long long)t->count);
}

static bool keep(peer_socket *s, zmq_msg_t *body) {
    size_t size = zmq_msg_size(body);
    if (s->stream_count + size > s->stream_size) {
        size_t wanted = (s->stream_count + size) * 2;
        uint8_t *grown = realloc(s->stream, wanted);
        if (!grown) {
            return false;
        }
        s->stream = grown;
        s->stream_size = wanted;
    }
    memcpy(s->stream + s->stream_count, zmq_msg_data(body), size);
    s->stream_count += size;
    return true;
}

void run_stream_recv(peer_socket *s, const shape *t) {
    judge j;
    judge_start(&j, t);
    const char *ending = "";
    long end = now_ms() + t->timeout;
    while (j.got < t->count) {
        size_t wanted = shape_size(t, t->first + j.got, 0);
        if (s->stream_count >= wanted) {
            judge_bytes(&j, t, s->stream, wanted);
            s->stream_count -= wanted;
            memmove(s->stream, s->stream + wanted, s->stream_count);
            continue;
        }
        zmq_msg_t parts[MAX_FRAMES];
        int count = receive_parts(s, parts, MAX_FRAMES, end);
        if (count < 0) {
            ending = zmq_errno() == EAGAIN ? "timeout" : error_word();
            break;
        }
        bool kept = count == 2 && keep(s, &parts[1]);
        close_parts(parts, count);
        if (!kept) {
            ending = "notwoframes";
            break;
        }
    }
    judge_report(&j, t, ending);
}
