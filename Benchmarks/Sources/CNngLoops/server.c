#include "nng_library.h"
#include "nng_loops.h"

const char *nng_loops_version(void) {
    const struct nng_library *nng = nng_library();
    return nng ? nng->version() : NULL;
}

bool nng_loops_server_open(int *port) {
    const struct nng_library *nng = nng_library();
    nng_handle socket = {0}, listener = {0};
    return nng && !nng->rep_open(&socket) &&
        !nng->listen(socket, "tcp://127.0.0.1:0", &listener, 0) &&
        !nng->listener_get_int(listener, "tcp-bound-port", port);
}
