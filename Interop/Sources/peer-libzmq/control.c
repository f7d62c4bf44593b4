// Lines in and out.

#include "peer.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char buffer[1 << 16];
static size_t filled;

void reply(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

const char *error_word(void) {
    switch (zmq_errno()) {
    case EAGAIN: return "EAGAIN";
    case EHOSTUNREACH: return "EHOSTUNREACH";
    case EADDRINUSE: return "EADDRINUSE";
    case EADDRNOTAVAIL: return "EADDRNOTAVAIL";
    case EINVAL: return "EINVAL";
    case ENOENT: return "ENOENT";
    case ENOTSUP: return "ENOTSUP";
    case EFSM: return "EFSM";
    case ETERM: return "ETERM";
    default: return "OTHER";
    }
}

bool line_pending(void) {
    struct pollfd p = {STDIN_FILENO, POLLIN, 0};
    return memchr(buffer, '\n', filled) != NULL || poll(&p, 1, 0) > 0;
}

int read_line(char *out, size_t limit) {
    for (;;) {
        char *end = memchr(buffer, '\n', filled);
        if (end) {
            size_t length = (size_t)(end - buffer);
            size_t copied = length < limit - 1 ? length : limit - 1;
            memcpy(out, buffer, copied);
            out[copied] = 0;
            filled -= length + 1;
            memmove(buffer, end + 1, filled);
            return 1;
        }
        struct pollfd p = {STDIN_FILENO, POLLIN, 0};
        while (poll(&p, 1, 5) == 0) {
            tend_sockets();
        }
        ssize_t n = filled < sizeof buffer
            ? read(STDIN_FILENO, buffer + filled, sizeof buffer - filled)
            : 0;
        if (n <= 0) {
            return 0;
        }
        filled += (size_t)n;
    }
}
