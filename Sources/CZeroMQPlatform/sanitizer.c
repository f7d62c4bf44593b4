#include "CZeroMQPlatform.h"

// Only a .c file sees the sanitizer flag; Swift's importer of the header does not.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ZEROMQ_TSAN 1
#endif
#if __has_feature(address_sanitizer)
#define ZEROMQ_ASAN 1
#endif
#endif

#ifdef ZEROMQ_TSAN
void __tsan_acquire(void *address);
void __tsan_release(void *address);
void zeromq_tsan_acquire(void *address) { __tsan_acquire(address); }
void zeromq_tsan_release(void *address) { __tsan_release(address); }
#else
void zeromq_tsan_acquire(void *address) { (void)address; }
void zeromq_tsan_release(void *address) { (void)address; }
#endif

#ifdef ZEROMQ_ASAN
void __asan_poison_memory_region(void const volatile *address, size_t size);
void __asan_unpoison_memory_region(void const volatile *address, size_t size);
void zeromq_asan_poison(void *address, size_t size) { __asan_poison_memory_region(address, size); }
void zeromq_asan_unpoison(void *address, size_t size) {
    __asan_unpoison_memory_region(address, size);
}
#else
void zeromq_asan_poison(void *address, size_t size) { (void)address, (void)size; }
void zeromq_asan_unpoison(void *address, size_t size) { (void)address, (void)size; }
#endif
