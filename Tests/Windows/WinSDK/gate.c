// A thread that Wine did not make (a worker of Dispatch, a plain pthread) has no environment block
// and must not call Win32: its calls are run by a shadow, a Wine thread of its own, which takes
// some 60 us each.
#define WIN32_LEAN_AND_MEAN
#include "gate.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <windows.h>

enum { IDLE, REQUESTED, DONE, QUIT };

typedef struct {
    void *function;
    uint64_t arguments[9], result;
    int state;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
} Shadow;

typedef uint64_t(WINAPI *Function)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                                   uint64_t, uint64_t, uint64_t);

static __thread int is_wine_thread;
static __thread Shadow *own_shadow;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Not inlined: gcc 12 miscompiles the access to a thread's variable inside a Windows function.
__attribute__((noinline)) int winsdk_is_wine_thread(void) { return is_wine_thread; }
__attribute__((noinline)) void winsdk_enter_wine_thread(void) { is_wine_thread = 1; }

static void run(Shadow *shadow) {
    uint64_t *a = shadow->arguments;
    shadow->result =
        ((Function)shadow->function)(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]);
}

static DWORD WINAPI shadow_main(void *argument) {
    Shadow *shadow = argument;
    winsdk_enter_wine_thread();
    pthread_mutex_lock(&shadow->mutex);
    for (;;) {
        while (shadow->state != REQUESTED && shadow->state != QUIT)
            pthread_cond_wait(&shadow->changed, &shadow->mutex);
        if (shadow->state == QUIT) break;
        pthread_mutex_unlock(&shadow->mutex);
        run(shadow);
        pthread_mutex_lock(&shadow->mutex);
        shadow->state = DONE;
        pthread_cond_broadcast(&shadow->changed);
    }
    pthread_mutex_unlock(&shadow->mutex);
    free(shadow);
    return 0;
}

// MARK: Making shadows, which takes a Wine thread as well

static pthread_mutex_t maker_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t maker_changed = PTHREAD_COND_INITIALIZER;
static Shadow *wanted;
static int maker_is_ready;

// MARK: Ctrl-C, which Wine makes of SIGINT wherever that arrives

static pthread_t interrupted_thread;
static struct sigaction wine_action;

// On a thread that Wine does not know, or on the main one when Dispatch has ended it, Wine's handler
// would crash.
static void pass_on(int number, siginfo_t *info, void *context) {
    if (pthread_equal(pthread_self(), interrupted_thread))
        wine_action.sa_sigaction(number, info, context);
    else
        pthread_kill(interrupted_thread, number);
}

// Has the calling thread be the one that is interrupted.
static void receive_interrupts(void) {
    interrupted_thread = pthread_self();
    sigaction(SIGINT, NULL, &wine_action);
    if (!(wine_action.sa_flags & SA_SIGINFO)) return;
    struct sigaction own = wine_action;
    own.sa_sigaction = pass_on;
    sigaction(SIGINT, &own, NULL);
}

// MARK: The maker of shadows

static DWORD WINAPI maker(void *argument) {
    (void)argument;
    winsdk_enter_wine_thread();
    receive_interrupts();
    pthread_mutex_lock(&maker_mutex);
    maker_is_ready = 1;
    pthread_cond_broadcast(&maker_changed);
    for (;;) {
        while (wanted == NULL) pthread_cond_wait(&maker_changed, &maker_mutex);
        CloseHandle(CreateThread(NULL, 0, shadow_main, wanted, 0, NULL));
        wanted = NULL;
        pthread_cond_broadcast(&maker_changed);
    }
}

static void quit_shadow(void *argument) {
    Shadow *shadow = argument;
    pthread_mutex_lock(&shadow->mutex);
    shadow->state = QUIT;
    pthread_cond_broadcast(&shadow->changed);
    pthread_mutex_unlock(&shadow->mutex);
}

static void make_key(void) { pthread_key_create(&key, quit_shadow); }

static Shadow *make_shadow(void) {
    pthread_once(&once, make_key);
    Shadow *shadow = calloc(1, sizeof *shadow);
    pthread_mutex_init(&shadow->mutex, NULL);
    pthread_cond_init(&shadow->changed, NULL);
    pthread_mutex_lock(&maker_mutex);
    while (wanted != NULL) pthread_cond_wait(&maker_changed, &maker_mutex);
    wanted = shadow;
    pthread_cond_broadcast(&maker_changed);
    while (wanted == shadow) pthread_cond_wait(&maker_changed, &maker_mutex);
    pthread_mutex_unlock(&maker_mutex);
    pthread_setspecific(key, shadow);
    return shadow;
}

uint64_t winsdk_call_gated(void *function, int count, const uint64_t *arguments) {
    if (own_shadow == NULL) own_shadow = make_shadow();
    Shadow *shadow = own_shadow;
    pthread_mutex_lock(&shadow->mutex);
    shadow->function = function;
    for (int i = 0; i < count; i++) shadow->arguments[i] = arguments[i];
    shadow->state = REQUESTED;
    pthread_cond_broadcast(&shadow->changed);
    while (shadow->state != DONE) pthread_cond_wait(&shadow->changed, &shadow->mutex);
    shadow->state = IDLE;
    uint64_t result = shadow->result;
    pthread_mutex_unlock(&shadow->mutex);
    return result;
}

void winsdk_start(void) {
    winsdk_enter_wine_thread();
    CloseHandle(CreateThread(NULL, 0, maker, NULL, 0, NULL));
    pthread_mutex_lock(&maker_mutex);
    while (!maker_is_ready) pthread_cond_wait(&maker_changed, &maker_mutex);
    pthread_mutex_unlock(&maker_mutex);
}

extern int swift_main(void);
// Swift's own way to the arguments finds those of Wine's loader as well.
extern void _swift_stdlib_overrideUnsafeArgvArgc(char **argv, int argc);

int main(int argc, char **argv) {
    _swift_stdlib_overrideUnsafeArgvArgc(argv, argc);
    winsdk_start();
    return swift_main();
}
