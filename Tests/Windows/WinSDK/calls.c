// The wrappers: Linux' calling convention outside, that of Windows inside; through the gate on
// threads that Wine does not know.
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0A00
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>
#include <iphlpapi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "native.h"

// Arguments as an array of 64-bit integers.
#define MAP_1(a) (uint64_t)(a)
#define MAP_2(a, ...) (uint64_t)(a), MAP_1(__VA_ARGS__)
#define MAP_3(a, ...) (uint64_t)(a), MAP_2(__VA_ARGS__)
#define MAP_4(a, ...) (uint64_t)(a), MAP_3(__VA_ARGS__)
#define MAP_5(a, ...) (uint64_t)(a), MAP_4(__VA_ARGS__)
#define MAP_6(a, ...) (uint64_t)(a), MAP_5(__VA_ARGS__)
#define MAP_7(a, ...) (uint64_t)(a), MAP_6(__VA_ARGS__)
#define MAP_8(a, ...) (uint64_t)(a), MAP_7(__VA_ARGS__)
#define MAP_9(a, ...) (uint64_t)(a), MAP_8(__VA_ARGS__)
#define PICK(a, b, c, d, e, f, g, h, i, N, ...) MAP_##N
#define MAP(...) PICK(__VA_ARGS__, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)(__VA_ARGS__)
#define UNPACK(...) __VA_ARGS__
#define GATED(F, ...)                                                        \
    winsdk_call_gated((void *)F, sizeof((uint64_t[]){MAP(__VA_ARGS__)}) / 8, \
                      (uint64_t[]){MAP(__VA_ARGS__)})
#define RUN(R, F, ...) (winsdk_is_wine_thread() ? (R)F(__VA_ARGS__) : (R)GATED(F, __VA_ARGS__))
#define RUN0(R, F) (winsdk_is_wine_thread() ? (R)F() : (R)winsdk_call_gated((void *)F, 0, NULL))

#define CALL(R, N, P, A) \
    R winsdk_##N P { return RUN(R, N, UNPACK A); }
#define CALL0(R, N) \
    R winsdk_##N(void) { return RUN0(R, N); }
#include "calls.def"
#undef CALL
#undef CALL0

// MARK: Functions of other libraries

static void *library_function(const char *library, const char *name) {
    HMODULE module = RUN(HMODULE, LoadLibraryA, library);
    return RUN(void *, GetProcAddress, module, name);
}

#define CALL(R, N, P, A)                                \
    R winsdk_##N P {                                    \
        static R(WINAPI * call) P;                      \
        if (!call) call = library_function(LIBRARY, #N); \
        return RUN(R, call, UNPACK A);                  \
    }
#define CALL0(R, N)                                     \
    R winsdk_##N(void) {                                \
        static R(WINAPI * call)(void);                  \
        if (!call) call = library_function(LIBRARY, #N); \
        return RUN0(R, call);                           \
    }
#define LIBRARY "ws2_32.dll"
#include "socketcalls.def"
#undef LIBRARY
#define LIBRARY "iphlpapi.dll"
#include "interfacecalls.def"
#undef LIBRARY

// MARK: Sockets

// Wine refuses to store an address in memory that it did not map itself, such as the stack of a
// native thread: it goes by way of a Wine thread's stack.
#define NAME(N)                                                                    \
    static INT(WINAPI *call_##N)(SOCKET, struct sockaddr *, INT *);                \
    static INT WINAPI copy_##N(SOCKET s, struct sockaddr *address, INT *length) {  \
        char own[256];                                                             \
        INT count = *length < 256 ? *length : 256;                                 \
        INT result = call_##N(s, (struct sockaddr *)own, &count);                  \
        if (result != 0) return result;                                            \
        memcpy(address, own, count);                                               \
        *length = count;                                                           \
        return 0;                                                                  \
    }                                                                              \
    INT winsdk_##N(SOCKET s, struct sockaddr *address, INT *length) {              \
        if (!call_##N) call_##N = library_function("ws2_32.dll", #N);                             \
        return RUN(INT, copy_##N, s, address, length);                             \
    }
NAME(getsockname)
NAME(getpeername)

// Likewise, so that a read takes less than it might.
static BOOL WINAPI copy_read(HANDLE file, void *buffer, DWORD room, DWORD *got,
                             OVERLAPPED *overlapped) {
    char own[16384];
    DWORD count = 0;
    BOOL done = ReadFile(file, own, room < sizeof own ? room : sizeof own, &count, overlapped);
    memcpy(buffer, own, count);
    *got = count;
    return done;
}

BOOL winsdk_ReadFile(HANDLE file, void *buffer, DWORD room, DWORD *got, OVERLAPPED *overlapped) {
    return RUN(BOOL, copy_read, file, buffer, room, got, overlapped);
}

// Windows can look into any pipe; Wine not into those of Linux, such as standard input is one.
static BOOL peek_natively(HANDLE pipe, DWORD *there) {
    static LONG(__cdecl * to_fd)(HANDLE, UINT, int *, UINT *);
    if (!to_fd)
        to_fd = (void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_server_handle_to_fd");
    int fd;
    if (!to_fd || to_fd(pipe, FILE_READ_DATA, &fd, NULL) != 0) return FALSE;
    int count = winsdk_take_unread(fd);
    *there = count < 0 ? 0 : count;
    if (count < 0) SetLastError(ERROR_BROKEN_PIPE);
    return count >= 0;
}

static BOOL WINAPI peek(HANDLE pipe, void *buffer, DWORD room, DWORD *got, DWORD *there,
                        DWORD *left) {
    if (PeekNamedPipe(pipe, buffer, room, got, there, left)) return TRUE;
    if (room != 0 || !there || GetLastError() != ERROR_NOT_SUPPORTED) return FALSE;
    return peek_natively(pipe, there);
}

BOOL winsdk_PeekNamedPipe(HANDLE pipe, void *buffer, DWORD room, DWORD *got, DWORD *there,
                          DWORD *left) {
    return RUN(BOOL, peek, pipe, buffer, room, got, there, left);
}

static LPFN_ACCEPTEX accept_ex;
static LPFN_CONNECTEX connect_ex;

static BOOL gated_accept(SOCKET listener, SOCKET fresh, PVOID buffer, DWORD bytes, DWORD local,
                         DWORD remote, LPDWORD got, LPOVERLAPPED overlapped) {
    // For the same reason all accepts share memory of Wine's. Nobody reads the addresses: they are
    // asked for once the socket is a full one.
    static void *scratch;
    (void)buffer;
    if (!scratch)
        scratch = RUN(void *, VirtualAlloc, NULL, 65536, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    return RUN(BOOL, accept_ex, listener, fresh, scratch, bytes, local, remote, got, overlapped);
}

static BOOL gated_connect(SOCKET s, const struct sockaddr *address, int length, PVOID buffer,
                          DWORD bytes, LPDWORD sent, LPOVERLAPPED overlapped) {
    return RUN(BOOL, connect_ex, s, address, length, buffer, bytes, sent, overlapped);
}

INT winsdk_WSAIoctl(SOCKET s, DWORD code, LPVOID in, DWORD in_size, LPVOID out, DWORD out_size,
                    DWORD *got, OVERLAPPED *overlapped, void *routine) {
    static INT(WINAPI * call)(SOCKET, DWORD, LPVOID, DWORD, LPVOID, DWORD, DWORD *, OVERLAPPED *,
                              void *);
    if (!call) call = library_function("ws2_32.dll", "WSAIoctl");
    INT result =
        RUN(INT, call, s, code, in, in_size, out, out_size, got, overlapped, routine);
    if (result != 0 || code != SIO_GET_EXTENSION_FUNCTION_POINTER) return result;
    GUID accept = WSAID_ACCEPTEX, connect = WSAID_CONNECTEX;
    if (memcmp(in, &accept, sizeof accept) == 0) {
        accept_ex = *(LPFN_ACCEPTEX *)out;
        *(void **)out = gated_accept;
    } else if (memcmp(in, &connect, sizeof connect) == 0) {
        connect_ex = *(LPFN_CONNECTEX *)out;
        *(void **)out = gated_connect;
    } else {
        return SOCKET_ERROR;
    }
    return 0;
}

// MARK: Threads

typedef struct {
    DWORD (*function)(void *);
    void *argument;
} Start;

static DWORD WINAPI thread_main(void *argument) {
    Start start = *(Start *)argument;
    free(argument);
    winsdk_enter_wine_thread();
    return start.function(start.argument);
}

HANDLE winsdk_CreateThread(SECURITY_ATTRIBUTES *attributes, unsigned long long stack,
                           DWORD (*function)(void *), void *argument, DWORD flags, DWORD *id) {
    Start *start = malloc(sizeof *start);
    start->function = function;
    start->argument = argument;
    return RUN(HANDLE, CreateThread, attributes, stack, thread_main, start, flags, id);
}

// One handler is enough. It is called on a thread of Wine's.
static int (*control_handler)(DWORD);

static BOOL WINAPI control_came(DWORD kind) {
    winsdk_enter_wine_thread();
    return control_handler(kind);
}

BOOL winsdk_SetConsoleCtrlHandler(int (*handler)(DWORD), BOOL add) {
    control_handler = handler;
    return RUN(BOOL, SetConsoleCtrlHandler, control_came, add);
}

BOOL winsdk_WaitOnAddress(void *address, void *expected, unsigned long long size, DWORD ms) {
    return RUN(BOOL, WaitOnAddress, address, expected, size, ms);
}

static INT WINAPI wake(void *address) {
    WakeByAddressSingle(address);
    return 0;
}

void winsdk_WakeByAddressSingle(void *address) { (void)RUN(INT, wake, address); }

static INT WINAPI end(UINT code) {
    ExitProcess(code);
    return 0;
}

void winsdk_ExitProcess(UINT code) {
    fflush(NULL);
    (void)RUN(INT, end, code);
    for (;;) {
    }
}
