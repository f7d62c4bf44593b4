// open, bind, connect, sub, close.

#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static peer_socket sockets[MAX_SOCKETS];

static const struct {
    const char *name;
    int type;
} types[] = {
    {"PAIR", ZMQ_PAIR}, {"PUB", ZMQ_PUB}, {"SUB", ZMQ_SUB}, {"REQ", ZMQ_REQ},
    {"REP", ZMQ_REP}, {"DEALER", ZMQ_DEALER}, {"ROUTER", ZMQ_ROUTER}, {"PULL", ZMQ_PULL},
    {"PUSH", ZMQ_PUSH}, {"XPUB", ZMQ_XPUB}, {"XSUB", ZMQ_XSUB}, {"STREAM", ZMQ_STREAM},
};

static const struct {
    const char *name;
    int option;
} numbers[] = {
    {"linger", ZMQ_LINGER}, {"sndhwm", ZMQ_SNDHWM}, {"rcvhwm", ZMQ_RCVHWM},
    {"sndbuf", ZMQ_SNDBUF}, {"rcvbuf", ZMQ_RCVBUF}, {"ivl", ZMQ_RECONNECT_IVL},
    {"hb", ZMQ_HEARTBEAT_IVL}, {"hbttl", ZMQ_HEARTBEAT_TTL}, {"hbto", ZMQ_HEARTBEAT_TIMEOUT},
    {"mandatory", ZMQ_ROUTER_MANDATORY}, {"handover", ZMQ_ROUTER_HANDOVER},
    {"probe", ZMQ_PROBE_ROUTER}, {"relaxed", ZMQ_REQ_RELAXED},
    {"correlate", ZMQ_REQ_CORRELATE}, {"verbose", ZMQ_XPUB_VERBOSE},
    {"verboser", ZMQ_XPUB_VERBOSER}, {"immediate", ZMQ_IMMEDIATE},
    {"conflate", ZMQ_CONFLATE}, {"ipv6", ZMQ_IPV6},
};

peer_socket *find_socket(const char *name) {
    for (int i = 0; i < MAX_SOCKETS; i++) {
        if (sockets[i].handle && strcmp(sockets[i].name, name) == 0) {
            return &sockets[i];
        }
    }
    return NULL;
}

static bool apply_options(peer_socket *s, const command *c) {
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int value = (int)number(c, numbers[i].name, 0);
        if (option(c, numbers[i].name, NULL)
            && zmq_setsockopt(s->handle, numbers[i].option, &value, sizeof value) != 0) {
            reply("err %s option=%s", error_word(), numbers[i].name);
            return false;
        }
    }
    const char *id = option(c, "id", NULL);
    if (id && zmq_setsockopt(s->handle, ZMQ_ROUTING_ID, id, strlen(id)) != 0) {
        reply("err %s option=id", error_word());
        return false;
    }
    return true;
}

/// open NAME TYPE [option=value]...
void run_open(const command *c) {
    peer_socket *s = NULL;
    int type = -1;
    for (int i = 0; i < MAX_SOCKETS && !s; i++) {
        s = sockets[i].handle ? NULL : &sockets[i];
    }
    for (size_t i = 0; c->count > 2 && i < sizeof types / sizeof *types; i++) {
        type = strcmp(c->words[2], types[i].name) == 0 ? types[i].type : type;
    }
    if (!s || type < 0 || find_socket(c->words[1])) {
        reply("err usage");
        return;
    }
    memset(s, 0, sizeof *s);
    snprintf(s->name, sizeof s->name, "%s", c->words[1]);
    snprintf(s->type, sizeof s->type, "%s", c->words[2]);
    s->handle = zmq_socket(context, type);
    if (!s->handle) {
        reply("err %s", error_word());
    } else if (apply_options(s, c)) {
        if (type != ZMQ_STREAM && monitor_start(s) != 0) {
            reply("err %s monitor", error_word());
        } else {
            reply("ok");
        }
    }
}

/// bind|connect|unbind|disconnect NAME ENDPOINT
void run_endpoint(const command *c) {
    peer_socket *s = c->count > 2 ? find_socket(c->words[1]) : NULL;
    if (!s) {
        reply("err nosocket");
        return;
    }
    int result = -1;
    switch (c->words[0][0]) {
    case 'b': result = zmq_bind(s->handle, c->words[2]); break;
    case 'c': result = zmq_connect(s->handle, c->words[2]); break;
    case 'u': result = zmq_unbind(s->handle, c->words[2]); break;
    case 'd': result = zmq_disconnect(s->handle, c->words[2]); break;
    }
    char endpoint[256] = "";
    size_t size = sizeof endpoint;
    if (result != 0) {
        reply("err %s", error_word());
    } else if (c->words[0][0] == 'b') {
        zmq_getsockopt(s->handle, ZMQ_LAST_ENDPOINT, endpoint, &size);
        reply("ok endpoint=%s", endpoint);
    } else {
        reply("ok");
    }
}

/// sub|unsub NAME [TOPIC]
void run_subscription(const command *c) {
    peer_socket *s = c->count > 1 ? find_socket(c->words[1]) : NULL;
    if (!s) {
        reply("err nosocket");
        return;
    }
    const char *topic = c->count > 2 ? c->words[2] : "";
    bool add = c->words[0][0] == 's';
    int result;
    if (strcmp(s->type, "XSUB") == 0) {
        uint8_t message[256] = {add};
        size_t size = strlen(topic) < 255 ? strlen(topic) : 255;
        memcpy(message + 1, topic, size);
        result = zmq_send(s->handle, message, size + 1, 0) >= 0 ? 0 : -1;
    } else {
        result = zmq_setsockopt(
            s->handle, add ? ZMQ_SUBSCRIBE : ZMQ_UNSUBSCRIBE, topic, strlen(topic));
    }
    if (result == 0) {
        reply("ok");
    } else {
        reply("err %s", error_word());
    }
}

static void close_socket(peer_socket *s) {
    if (s->monitor) {
        zmq_socket_monitor(s->handle, NULL, 0);
        zmq_close(s->monitor);
    }
    zmq_close(s->handle);
    free(s->stream);
    memset(s, 0, sizeof *s);
}

/// close NAME [linger=MS]
void run_close(const command *c) {
    peer_socket *s = c->count > 1 ? find_socket(c->words[1]) : NULL;
    if (!s) {
        reply("err nosocket");
        return;
    }
    int linger = (int)number(c, "linger", 0);
    if (option(c, "linger", NULL)) {
        zmq_setsockopt(s->handle, ZMQ_LINGER, &linger, sizeof linger);
    }
    close_socket(s);
    reply("ok");
}

/// libzmq attaches and detaches connections only inside calls on their socket: without this a
/// quiet SUB would send no subscription to a new publisher.
void tend_sockets(void) {
    for (int i = 0; i < MAX_SOCKETS; i++) {
        int events;
        size_t size = sizeof events;
        if (sockets[i].handle) {
            zmq_getsockopt(sockets[i].handle, ZMQ_EVENTS, &events, &size);
        }
    }
}

void close_everything(void) {
    for (int i = 0; i < MAX_SOCKETS; i++) {
        if (sockets[i].handle) {
            close_socket(&sockets[i]);
        }
    }
}
