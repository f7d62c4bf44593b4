// The peer process over libzmq's C interface. ../../README.md describes the control protocol.

#ifndef PEER_H
#define PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <traffic.h>

#if !__has_include(<zmq.h>)
#error "libzmq is missing; install it with: apt-get install -y libzmq3-dev"
#endif
#include <zmq.h>

#define MAX_SOCKETS 16
#define MAX_WORDS 40
#define MAX_LIST 32
#define MAX_FRAMES 64
#define BEACON '!'

typedef struct {
    char name[16];
    char type[12];
    void *handle;
    void *monitor;
    long connections;
    long disconnections;
    uint8_t *stream;     // STREAM: bytes received and not yet judged
    size_t stream_count;
    size_t stream_size;
} peer_socket;

/// A command line cut into words.
typedef struct {
    char *words[MAX_WORDS];
    int count;
} command;

/// What to send or to expect: the key=value words of a traffic command.
typedef struct {
    uint64_t count; // UINT64_MAX: all
    uint64_t first;
    bool has_first;
    size_t sizes[MAX_LIST];
    int size_count;
    int frames[MAX_LIST];
    int frame_count;
    const char *keys[MAX_LIST];
    int key_count;
    uint8_t to[256];
    size_t to_count;
    bool delimiter, gaps, retry;
    int envelope;
    long timeout, idle, pace, delay, extra;
    const char *sabotage;
} shape;

extern void *context;

// words.c
void split(command *c, char *line);
const char *option(const command *c, const char *name, const char *fallback);
long number(const command *c, const char *name, long fallback);
bool shape_parse(shape *s, const command *c);
size_t shape_size(const shape *s, uint64_t sequence, int frame);
int shape_frames(const shape *s, uint64_t sequence);
size_t from_hex(const char *text, uint8_t *out, size_t limit);

// clock.c
long now_ms(void);
void nap_us(long microseconds);

// control.c
void reply(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *error_word(void);
bool line_pending(void);
int read_line(char *out, size_t limit);

// sockets.c
peer_socket *find_socket(const char *name);
void run_open(const command *c);
void run_endpoint(const command *c);
void run_subscription(const command *c);
void run_close(const command *c);
void tend_sockets(void);
void close_everything(void);

// monitor.c
int monitor_start(peer_socket *s);
void monitor_read(peer_socket *s);
void run_stats(const command *c);

// wait.c
bool wait_for(peer_socket *s, short events, long deadline);
int send_parts(peer_socket *s, zmq_msg_t *parts, int count, long deadline);
int receive_parts(peer_socket *s, zmq_msg_t *parts, int limit, long deadline);
void close_parts(zmq_msg_t *parts, int count);

// sending.c
int send_numbered(
    peer_socket *s, const shape *t, uint64_t sequence, const char *key,
    bool corrupt, long deadline);
void run_send(const command *c);
void run_pump(const command *c);

// judging.c
typedef struct {
    traffic_tracker trackers[MAX_LIST];
    int count;
    uint64_t got;
    char from[520];
    char note[200];
} judge;
void judge_start(judge *j, const shape *t);
bool judge_message(judge *j, const shape *t, zmq_msg_t *parts, int count);
void judge_bytes(judge *j, const shape *t, const uint8_t *body, size_t size);
void judge_report(judge *j, const shape *t, const char *ending);

// receiving.c
void run_recv(const command *c);
void run_echo(const command *c);
void run_ask(const command *c);

// stream.c
bool is_stream(const peer_socket *s);
void run_stream_send(peer_socket *s, const shape *t);
void run_stream_recv(peer_socket *s, const shape *t);

// frames.c
void run_put(const command *c);
void run_take(const command *c);

#endif
