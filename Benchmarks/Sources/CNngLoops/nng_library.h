// The calls of nng that the loops use, found when the program runs.
#ifndef NNG_LIBRARY_H
#define NNG_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

typedef struct { uint32_t id; } nng_handle; // a socket, a listener or a dialer

struct nng_library {
    const char *(*version)(void);
    const char *(*strerror)(int);
    int (*push_open)(nng_handle *);
    int (*pull_open)(nng_handle *);
    int (*req_open)(nng_handle *);
    int (*rep_open)(nng_handle *);
    int (*listen)(nng_handle, const char *, nng_handle *, int);
    int (*dial)(nng_handle, const char *, nng_handle *, int);
    int (*listener_get_int)(nng_handle, const char *, int *);
    int (*send)(nng_handle, void *, size_t, int);
    int (*recv)(nng_handle, void *, size_t *, int);
    int (*recvmsg)(nng_handle, void **, int);
    int (*sendmsg)(nng_handle, void *, int);
    void *(*msg_body)(void *);
    size_t (*msg_len)(const void *);
    void (*msg_free)(void *);
    int (*close)(nng_handle);
};

// Null when there is no such library.
const struct nng_library *nng_library(void);

#endif
