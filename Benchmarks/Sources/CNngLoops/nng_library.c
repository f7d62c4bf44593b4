#include "nng_library.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

static struct nng_library library;
static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *open_library(void) {
    const char *names[] = {
        "libnng.so.1", "libnng.so", "libnng.dylib", "/opt/homebrew/lib/libnng.dylib",
        "/usr/local/lib/libnng.dylib",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        void *opened = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (opened) return opened;
    }
    return NULL;
}

static void load(void) {
    struct { const char *name; void *call; } calls[] = {
        {"nng_version", &library.version}, {"nng_strerror", &library.strerror},
        {"nng_push0_open", &library.push_open}, {"nng_pull0_open", &library.pull_open},
        {"nng_req0_open", &library.req_open}, {"nng_rep0_open", &library.rep_open},
        {"nng_listen", &library.listen}, {"nng_dial", &library.dial},
        {"nng_listener_get_int", &library.listener_get_int}, {"nng_send", &library.send},
        {"nng_recv", &library.recv}, {"nng_recvmsg", &library.recvmsg},
        {"nng_sendmsg", &library.sendmsg},
        {"nng_msg_body", &library.msg_body}, {"nng_msg_len", &library.msg_len},
        {"nng_msg_free", &library.msg_free}, {"nng_close", &library.close},
    };
    void *opened = open_library();
    if (!opened) return;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        void *found = dlsym(opened, calls[i].name);
        if (!found) return;
        *(void **)calls[i].call = found;
    }
    is_loaded = true;
}

const struct nng_library *nng_library(void) {
    pthread_once(&once, load);
    return is_loaded ? &library : NULL;
}
