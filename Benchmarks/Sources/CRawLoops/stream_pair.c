#include "stream_pair.h"
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

static bool listen_on_loopback(int listener, struct sockaddr_in *address) {
    socklen_t length = sizeof *address;
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)address, sizeof *address)) return false;
    if (listen(listener, 1)) return false;
    return getsockname(listener, (struct sockaddr *)address, &length) == 0;
}

static bool tcp_pair(int pair[2]) {
    struct sockaddr_in address = {0};
    int on = 1;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) return false;
    pair[0] = socket(AF_INET, SOCK_STREAM, 0);
    pair[1] = -1;
    if (pair[0] >= 0 && listen_on_loopback(listener, &address) &&
        connect(pair[0], (struct sockaddr *)&address, sizeof address) == 0) {
        pair[1] = accept(listener, NULL, NULL);
    }
    close(listener);
    if (pair[1] < 0) {
        if (pair[0] >= 0) close(pair[0]);
        return false;
    }
    setsockopt(pair[0], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(pair[1], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return true;
}

bool stream_pair(enum raw_transport transport, int pair[2]) {
    if (transport == RAW_TCP) return tcp_pair(pair);
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}
