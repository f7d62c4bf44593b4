// recv, ask and echo: numbered messages in.

#include "peer.h"

#include <errno.h>
#include <stdlib.h>

static long earlier(long a, long b) {
    return a < b ? a : b;
}

/// Takes messages until the count is full, nothing comes for `idle` ms, or time is up.
static const char *receive_all(peer_socket *s, const shape *t, judge *j, long end) {
    zmq_msg_t parts[MAX_FRAMES];
    while (j->got < t->count) {
        int count = receive_parts(s, parts, MAX_FRAMES, earlier(now_ms() + t->idle, end));
        if (count < 0) {
            bool quiet = zmq_errno() == EAGAIN;
            return t->count == UINT64_MAX && quiet ? "" : quiet ? "timeout" : error_word();
        }
        judge_message(j, t, parts, count);
        close_parts(parts, count);
    }
    return "";
}

/// Nothing more may come within `extra` ms.
static void receive_no_more(peer_socket *s, const shape *t, judge *j) {
    zmq_msg_t parts[MAX_FRAMES];
    long end = now_ms() + t->extra;
    int count;
    while ((count = receive_parts(s, parts, MAX_FRAMES, end)) > 0) {
        judge_message(j, t, parts, count);
        close_parts(parts, count);
    }
}

/// recv NAME [count= size= frames= first= keys= envelope= delim= gaps= idle= timeout= extra=]
void run_recv(const command *c) {
    shape t;
    peer_socket *s = c->count > 1 ? find_socket(c->words[1]) : NULL;
    if (!s || !shape_parse(&t, c)) {
        reply("err usage");
        return;
    }
    if (is_stream(s)) {
        run_stream_recv(s, &t);
        return;
    }
    judge j;
    judge_start(&j, &t);
    const char *ending = receive_all(s, &t, &j, now_ms() + t.timeout);
    if (!*ending && t.extra) {
        receive_no_more(s, &t, &j);
        ending = j.got > t.count ? "toomany" : "";
    }
    judge_report(&j, &t, ending);
}

/// echo NAME [count= delay= idle= timeout=]: sends every message back as it came.
void run_echo(const command *c) {
    shape t;
    zmq_msg_t parts[MAX_FRAMES];
    peer_socket *s = c->count > 1 ? find_socket(c->words[1]) : NULL;
    if (!s || !shape_parse(&t, c)) {
        reply("err usage");
        return;
    }
    long end = now_ms() + t.timeout;
    uint64_t done = 0;
    while (done < t.count) {
        int count = receive_parts(s, parts, MAX_FRAMES, earlier(now_ms() + t.idle, end));
        if (count > 0 && t.delay) {
            nap_us(t.delay * 1000);
        }
        if (count < 0 || send_parts(s, parts, count, earlier(now_ms() + t.idle, end)) != 0) {
            bool quiet = zmq_errno() == EAGAIN;
            reply("err %s echoed=%llu", quiet ? "timeout" : error_word(),
                (unsigned long long)done);
            return;
        }
        done++;
    }
    reply("ok echoed=%llu", (unsigned long long)done);
}

/// ask NAME ...: sends each numbered message and judges the echo of it.
void run_ask(const command *c) {
    shape t;
    zmq_msg_t parts[MAX_FRAMES];
    peer_socket *s = c->count > 1 ? find_socket(c->words[1]) : NULL;
    if (!s || !shape_parse(&t, c)) {
        reply("err usage");
        return;
    }
    judge j;
    judge_start(&j, &t);
    long end = now_ms() + t.timeout;
    const char *ending = "";
    for (uint64_t i = 0; i < t.count && !*ending;) {
        const char *key = t.key_count ? t.keys[0] : "";
        long deadline = earlier(now_ms() + t.idle, end);
        if (send_numbered(s, &t, t.first + i, key, false, deadline) != 0) {
            if (t.retry && zmq_errno() == EHOSTUNREACH && now_ms() < end) {
                nap_us(1000);
                continue;
            }
            ending = error_word();
            break;
        }
        i++;
        int count = receive_parts(s, parts, MAX_FRAMES, deadline);
        if (count < 0) {
            ending = zmq_errno() == EAGAIN ? "timeout" : error_word();
            break;
        }
        judge_message(&j, &t, parts, count);
        close_parts(parts, count);
    }
    judge_report(&j, &t, ending);
}
