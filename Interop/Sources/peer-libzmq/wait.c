// Whole messages, with a deadline.

#include "peer.h"

#include <errno.h>
#include <string.h>

bool wait_for(peer_socket *s, short events, long deadline) {
    long left = deadline - now_ms();
    zmq_pollitem_t item = {s->handle, 0, events, 0};
    return zmq_poll(&item, 1, left > 0 ? left : 0) > 0;
}

static void wait_for_room(peer_socket *s, long deadline) {
    // A ROUTER or STREAM is always writable, whether or not the peer in question has room.
    if (strcmp(s->type, "ROUTER") == 0 || strcmp(s->type, "STREAM") == 0) {
        nap_us(300);
    } else {
        wait_for(s, ZMQ_POLLOUT, deadline);
    }
}

void close_parts(zmq_msg_t *parts, int count) {
    for (int i = 0; i < count; i++) {
        zmq_msg_close(&parts[i]);
    }
}

/// Sends one message and consumes its parts. 0, or -1 with zmq_errno().
int send_parts(peer_socket *s, zmq_msg_t *parts, int count, long deadline) {
    for (int i = 0; i < count; i++) {
        int more = i + 1 < count ? ZMQ_SNDMORE : 0;
        while (zmq_msg_send(&parts[i], s->handle, ZMQ_DONTWAIT | more) < 0) {
            int error = zmq_errno();
            if (error != EAGAIN || now_ms() >= deadline) {
                close_parts(parts + i, count - i);
                errno = error;
                return -1;
            }
            wait_for_room(s, deadline);
        }
    }
    return 0;
}

/// Receives one message. The number of its parts, or -1 with zmq_errno().
int receive_parts(peer_socket *s, zmq_msg_t *parts, int limit, long deadline) {
    int count = 0;
    for (;;) {
        zmq_msg_init(&parts[count]);
        while (zmq_msg_recv(&parts[count], s->handle, ZMQ_DONTWAIT) < 0) {
            int error = zmq_errno();
            if (error != EAGAIN || (!wait_for(s, ZMQ_POLLIN, deadline) && now_ms() >= deadline)) {
                close_parts(parts, count + 1);
                errno = error;
                return -1;
            }
        }
        bool more = zmq_msg_more(&parts[count]);
        count++;
        if (!more) {
            return count;
        }
        if (count == limit) {
            close_parts(parts, count);
            errno = EINVAL;
            return -1;
        }
    }
}
