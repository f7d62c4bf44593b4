#define _GNU_SOURCE
#include "CZeroMQPlatform.h"

#include <stdlib.h>

void zeromq_at_exit(void (*body)(void)) { (void)atexit(body); }

void *zeromq_heap_allocate(size_t size) { return malloc(size); }
void zeromq_heap_free(void *block) { free(block); }

#if defined(__GLIBC__)

#include <malloc.h>

void zeromq_heap_trim(void) { malloc_trim(0); }

#elif defined(__APPLE__)

#include <malloc/malloc.h>

void zeromq_heap_trim(void) { malloc_zone_pressure_relief(NULL, 0); }

#else

void zeromq_heap_trim(void) {}

#endif

#if defined(_WIN32)

// The heap of Windows gives large blocks back by itself.
void *zeromq_pages_allocate(size_t size) { (void)size; return NULL; }
void *zeromq_pages_grow(void *pages, size_t size, size_t larger) {
    (void)pages; (void)size; (void)larger;
    return NULL;
}
void zeromq_pages_free(void *pages, size_t size) { (void)pages; (void)size; }

#else

#include <string.h>
#include <sys/mman.h>

void *zeromq_pages_allocate(size_t size) {
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    return pages == MAP_FAILED ? NULL : pages;
}

void *zeromq_pages_grow(void *pages, size_t size, size_t larger) {
#if defined(__linux__)
    void *moved = mremap(pages, size, larger, MREMAP_MAYMOVE);
    return moved == MAP_FAILED ? NULL : moved;
#else
    void *moved = zeromq_pages_allocate(larger);
    if (moved == NULL) return NULL;
    memcpy(moved, pages, size);
    munmap(pages, size);
    return moved;
#endif
}

void zeromq_pages_free(void *pages, size_t size) {
    // A hole in a mapping needs a mapping more, of which a process has 65530: without one the
    // memory goes back all the same, and only the addresses stay.
    if (munmap(pages, size) != 0) madvise(pages, size, MADV_DONTNEED);
}

#endif
