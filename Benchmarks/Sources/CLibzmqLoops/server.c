#include "libzmq_loops.h"
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

void *libzmq_server_open(int heartbeat_milliseconds, int *port) {
    char endpoint[256];
    size_t length = sizeof endpoint;
    int backlog = 4096;
    void *context = zmq_ctx_new();
    void *socket = context ? zmq_socket(context, ZMQ_ROUTER) : NULL;
    if (!socket) return NULL;
    zmq_setsockopt(socket, ZMQ_BACKLOG, &backlog, sizeof backlog);
    if (heartbeat_milliseconds) {
        zmq_setsockopt(socket, ZMQ_HEARTBEAT_IVL, &heartbeat_milliseconds, sizeof(int));
    }
    if (zmq_bind(socket, "tcp://127.0.0.1:*")) return NULL;
    if (zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &length)) return NULL;
    *port = atoi(strrchr(endpoint, ':') + 1);
    return socket;
}
