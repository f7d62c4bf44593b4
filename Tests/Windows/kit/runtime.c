// What Embedded Swift wants from the C library, on top of the import library of msvcrt.
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

// MARK: posix_memalign and free
//
// Embedded Swift frees everything with free(). Blocks aligned to at most 16 come from malloc, which
// aligns to 16 on Win64. Others come from _aligned_malloc and are remembered, so that free() can
// tell them from the rest.

// The system's free; ours takes its name at link time.
static void (*volatile system_free)(void *);
static SRWLOCK lock = SRWLOCK_INIT;
static void **aligned;
static size_t aligned_capacity;
static volatile LONG64 aligned_count;

int posix_memalign(void **out, size_t alignment, size_t size) {
    if (!size) size = 1;
    if (alignment <= 16) {
        void *block = malloc(size);
        if (!block) return ENOMEM;
        *out = block;
        return 0;
    }
    void *block = _aligned_malloc(size, alignment);
    if (!block) return ENOMEM;
    AcquireSRWLockExclusive(&lock);
    if ((size_t)aligned_count == aligned_capacity) {
        size_t capacity = aligned_capacity ? aligned_capacity * 2 : 64;
        void **larger = realloc(aligned, capacity * sizeof *larger);
        if (!larger) abort();
        aligned = larger;
        aligned_capacity = capacity;
    }
    aligned[aligned_count++] = block;
    ReleaseSRWLockExclusive(&lock);
    *out = block;
    return 0;
}

static int free_aligned(void *block) {
    AcquireSRWLockExclusive(&lock);
    for (LONG64 i = aligned_count - 1; i >= 0; i--) {
        if (aligned[i] != block) continue;
        aligned[i] = aligned[--aligned_count];
        ReleaseSRWLockExclusive(&lock);
        _aligned_free(block);
        return 1;
    }
    ReleaseSRWLockExclusive(&lock);
    return 0;
}

void free(void *block) {
    if (!system_free) {
        HMODULE module = GetModuleHandleA("msvcrt.dll");
        system_free = (void (*)(void *))(void *)GetProcAddress(module, "free");
    }
    if (block && ((uintptr_t)block & 31) == 0 && aligned_count > 0 && free_aligned(block)) return;
    system_free(block);
}

// MARK: Random bytes, for hashing and SystemRandomNumberGenerator

// RtlGenRandom of advapi32.
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
void arc4random_buf(void *bytes, size_t count) { SystemFunction036(bytes, (ULONG)count); }
int getentropy(void *bytes, size_t count) {
    return SystemFunction036(bytes, (ULONG)count) ? 0 : -1;
}

// MARK: The stack protector

uintptr_t __stack_chk_guard = 0x595e9fbd94fda766ull;
__attribute__((noreturn)) void __stack_chk_fail(void) { abort(); }

// MARK: Double("1.5")

const char *_swift_stdlib_strtod_clocale(const char *text, double *out) {
    char *end;
    *out = strtod(text, &end);
    return end == text ? NULL : end;
}

const char *_swift_stdlib_strtof_clocale(const char *text, float *out) {
    char *end;
    *out = strtof(text, &end);
    return end == text ? NULL : end;
}

void *__imp__swift_stdlib_strtod_clocale = (void *)_swift_stdlib_strtod_clocale;
void *__imp__swift_stdlib_strtof_clocale = (void *)_swift_stdlib_strtof_clocale;

// MARK: The stack probe, otherwise libgcc's

__asm__(
    ".globl ___chkstk_ms\n"
    "___chkstk_ms:\n"
    " pushq %rcx\n"
    " pushq %rax\n"
    " cmpq $0x1000,%rax\n"
    " leaq 24(%rsp),%rcx\n"
    " jb 2f\n"
    "1: subq $0x1000,%rcx\n"
    " orq $0,(%rcx)\n"
    " subq $0x1000,%rax\n"
    " cmpq $0x1000,%rax\n"
    " ja 1b\n"
    "2: subq %rax,%rcx\n"
    " orq $0,(%rcx)\n"
    " popq %rax\n"
    " popq %rcx\n"
    " retq\n");
