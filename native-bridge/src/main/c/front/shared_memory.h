/*
 * Access to memory that another process reads and writes meanwhile. Every access is atomic, so that the
 * compiler can neither repeat a read after it was checked nor assume that nothing changes.
 */
#ifndef WAIP_FRONT_SHARED_MEMORY_H
#define WAIP_FRONT_SHARED_MEMORY_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

static inline uint32_t waip_load_u32(const void *at) {
  return atomic_load_explicit((const _Atomic uint32_t *)at, memory_order_acquire);
}

static inline void waip_store_u32(void *at, uint32_t value) {
  atomic_store_explicit((_Atomic uint32_t *)at, value, memory_order_release);
}

static inline uint32_t waip_exchange_u32(void *at, uint32_t value) {
  return atomic_exchange_explicit((_Atomic uint32_t *)at, value, memory_order_seq_cst);
}

static inline uint64_t waip_load_u64(const void *at) {
  return atomic_load_explicit((const _Atomic uint64_t *)at, memory_order_acquire);
}

static inline void waip_store_u64(void *at, uint64_t value) {
  atomic_store_explicit((_Atomic uint64_t *)at, value, memory_order_release);
}

/*
 * Copies out of shared memory; both places are aligned to 8 bytes and `bytes` is a multiple of 8. Each
 * word is an acquire load: a version word read afterwards is read after all of them, without a fence.
 */
static inline void waip_copy_from_shared(void *to, const void *from, size_t bytes) {
  uint64_t *out = to;
  const unsigned char *in = from;
  for (size_t i = 0; i < bytes / 8; i++) {
    out[i] = waip_load_u64(in + i * 8);
  }
}

/* Copies into shared memory, unordered: the caller publishes with a release store afterwards. */
static inline void waip_copy_to_shared(void *to, const void *from, size_t bytes) {
  unsigned char *out = to;
  const uint64_t *in = from;
  for (size_t i = 0; i < bytes / 8; i++) {
    atomic_store_explicit((_Atomic uint64_t *)(void *)(out + i * 8), in[i], memory_order_relaxed);
  }
}

/* A number of a private copy of a record. */
static inline uint32_t waip_get_u32(const void *record, size_t offset) {
  uint32_t value;
  memcpy(&value, (const unsigned char *)record + offset, sizeof value);
  return value;
}

static inline uint64_t waip_get_u64(const void *record, size_t offset) {
  uint64_t value;
  memcpy(&value, (const unsigned char *)record + offset, sizeof value);
  return value;
}

static inline void waip_put_u32(void *record, size_t offset, uint32_t value) {
  memcpy((unsigned char *)record + offset, &value, sizeof value);
}

static inline void waip_put_u64(void *record, size_t offset, uint64_t value) {
  memcpy((unsigned char *)record + offset, &value, sizeof value);
}

/* Nanoseconds of CLOCK_MONOTONIC. */
static inline uint64_t waip_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline struct timespec waip_timespec(uint64_t nanos) {
  return (struct timespec){(time_t)(nanos / 1000000000u), (long)(nanos % 1000000000u)};
}

#endif
