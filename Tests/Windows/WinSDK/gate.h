// The way into Win32 for threads that Wine does not know.
#pragma once
#include <stdint.h>

/// Whether the calling thread was made by Wine.
int winsdk_is_wine_thread(void);
/// Notes that it was.
void winsdk_enter_wine_thread(void);
/// Calls `function` with up to nine integers or pointers on a Wine thread of the caller's own.
uint64_t winsdk_call_gated(void *function, int count, const uint64_t *arguments);
/// Has to be called once, by the main thread.
void winsdk_start(void);
