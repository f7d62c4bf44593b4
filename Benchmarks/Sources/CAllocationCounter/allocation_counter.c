#include "allocation_counter.h"
#include <errno.h>
#include <stdatomic.h>

static _Atomic bool counting;
static _Atomic uint64_t total;
static _Thread_local uint64_t of_this_thread;

void allocation_counter_switch(bool on) {
    atomic_store(&counting, on);
}

uint64_t allocation_counter_total(void) {
    return atomic_load(&total);
}

uint64_t allocation_counter_of_this_thread(void) {
    return of_this_thread;
}

#if defined(__GLIBC__)

bool allocation_counter_works(void) {
    return true;
}

static inline void count(void) {
    if (__builtin_expect(atomic_load_explicit(&counting, memory_order_relaxed), false)) {
        of_this_thread += 1;
        atomic_fetch_add_explicit(&total, 1, memory_order_relaxed);
    }
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

void *malloc(size_t size) {
    count();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count();
    return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
    count();
    return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
    count();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) || (alignment & (alignment - 1)) || !alignment) return EINVAL;
    count();
    int saved = errno;
    void *fresh = __libc_memalign(alignment, size);
    errno = saved;
    if (!fresh) return ENOMEM;
    *block = fresh;
    return 0;
}

void free(void *block) {
    __libc_free(block);
}

#else

bool allocation_counter_works(void) {
    return false;
}

#endif
