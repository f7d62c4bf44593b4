// Connections made and lost, from the socket monitor.

#include "peer.h"

#include <stdio.h>
#include <string.h>

int monitor_start(peer_socket *s) {
    char endpoint[64];
    snprintf(endpoint, sizeof endpoint, "inproc://monitor-%p", s->handle);
    int events = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED;
    if (zmq_socket_monitor(s->handle, endpoint, events) != 0) {
        return -1;
    }
    int zero = 0;
    s->monitor = zmq_socket(context, ZMQ_PAIR);
    zmq_setsockopt(s->monitor, ZMQ_LINGER, &zero, sizeof zero);
    zmq_setsockopt(s->monitor, ZMQ_RCVHWM, &zero, sizeof zero);
    return zmq_connect(s->monitor, endpoint);
}

void monitor_read(peer_socket *s) {
    uint8_t event[16];
    while (s->monitor && zmq_recv(s->monitor, event, sizeof event, ZMQ_DONTWAIT) >= 2) {
        uint16_t kind;
        memcpy(&kind, event, 2);
        s->connections += kind == ZMQ_EVENT_HANDSHAKE_SUCCEEDED;
        s->disconnections += kind == ZMQ_EVENT_DISCONNECTED;
        zmq_recv(s->monitor, event, sizeof event, 0);
    }
}

void run_stats(const command *c) {
    peer_socket *s = find_socket(c->count > 1 ? c->words[1] : "");
    if (!s) {
        reply("err nosocket");
        return;
    }
    // A socket handles the events of its connections only when it is used.
    int events;
    size_t size = sizeof events;
    zmq_getsockopt(s->handle, ZMQ_EVENTS, &events, &size);
    monitor_read(s);
    reply("ok connections=%ld disconnections=%ld", s->connections, s->disconnections);
}
