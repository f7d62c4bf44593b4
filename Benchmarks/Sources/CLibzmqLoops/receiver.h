// Receiving a message in either of the two ways libzmq offers.
#ifndef RECEIVER_H
#define RECEIVER_H

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <zmq.h>

struct receiver {
    void *socket;
    bool in_place;
    char *buffer;
    size_t room;
    zmq_msg_t message;
};

static inline void receiver_open(struct receiver *receiver, void *socket, bool in_place,
                                 size_t room) {
    receiver->socket = socket;
    receiver->in_place = in_place;
    receiver->room = room;
    receiver->buffer = malloc(room + 1);
    zmq_msg_init(&receiver->message);
}

static inline void receiver_close(struct receiver *receiver) {
    zmq_msg_close(&receiver->message);
    free(receiver->buffer);
}

// Receives one frame: its length, or -1; `*bytes` is where it lies.
static inline int receiver_next(struct receiver *receiver, const char **bytes) {
    if (receiver->in_place) {
        int length = zmq_msg_recv(&receiver->message, receiver->socket, 0);
        *bytes = zmq_msg_data(&receiver->message);
        return length;
    }
    *bytes = receiver->buffer;
    return zmq_recv(receiver->socket, receiver->buffer, receiver->room, 0);
}

// Receives one frame, which must have `size` bytes, the first of them 1.
static inline bool receiver_expect(struct receiver *receiver, size_t size) {
    const char *bytes;
    int length = receiver_next(receiver, &bytes);
    if (length < 0) return false;
    if ((size_t)length == size && bytes[0] == 1) return true;
    errno = EBADMSG;
    return false;
}

#endif
