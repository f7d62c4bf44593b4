#include "CZeroMQPlatform.h"

// Only a .c file sees the sanitizer flag; Swift's importer of the header does not.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ZEROMQ_TSAN 1
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
