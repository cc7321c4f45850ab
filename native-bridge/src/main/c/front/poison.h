/*
 * Memory that a pool keeps for later: where AddressSanitizer is built in, touching it is an error as touching
 * freed memory is. Elsewhere this does nothing.
 */
#ifndef WAIP_FRONT_POISON_H
#define WAIP_FRONT_POISON_H

#include <stddef.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

/* From the start of 8 bytes to the end of such. */
static inline void waip_poison(void *memory, size_t bytes) {
#ifdef __SANITIZE_ADDRESS__
  ASAN_POISON_MEMORY_REGION(memory, bytes);
#else
  (void)memory;
  (void)bytes;
#endif
}

/* From the start of 8 bytes; ends anywhere. */
static inline void waip_unpoison(void *memory, size_t bytes) {
#ifdef __SANITIZE_ADDRESS__
  ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
#else
  (void)memory;
  (void)bytes;
#endif
}

#endif
