// A crowd of peers for a server in another process: plain sockets that do the handshake, answer
// heartbeats and do nothing else. It needs epoll; elsewhere the calls fail with ENOTSUP.
#ifndef CONNECTION_LOAD_H
#define CONNECTION_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct connection_load;

enum load_protocol {
    LOAD_ZMTP, // ZMTP 3.0, NULL, as a DEALER
    LOAD_SP,   // the protocol of nng, as a REQ
};

struct load_plan {
    enum load_protocol protocol;
    uint16_t port;      // on 127.0.0.1
    size_t count;       // connections in all
    size_t at_once;     // handshakes under way at a time
    bool keeps;         // whether they stay open after the handshake
    double give_up;     // seconds
};

// Null with errno set when a call failed.
struct connection_load *load_open(const struct load_plan *plan);

// Makes all connections, again after 100 ms where the server closes one: the seconds until the last
// handshake was complete, negative with errno set when that did not come about.
double load_connect(struct connection_load *load);

// How many connections the server closed before their handshake was complete.
size_t load_refused(const struct connection_load *load);

// Answers heartbeats until `descriptor` can be read; how many connections are then still there.
size_t load_serve(struct connection_load *load, int descriptor, double give_up);

void load_close(struct connection_load *load);

#endif
