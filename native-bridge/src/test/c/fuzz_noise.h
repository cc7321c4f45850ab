/* Reproducible noise for fuzz loops, and what it does to memory. One thread. */
#ifndef WAIP_FUZZ_NOISE_H
#define WAIP_FUZZ_NOISE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static uint64_t noise_state = 1;

static inline void noise_seed(uint64_t seed) {
  noise_state = seed | 1;
}

/* xorshift64: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003, p. 4. */
static inline uint64_t noise_bits(void) {
  noise_state ^= noise_state << 13;
  noise_state ^= noise_state >> 7;
  noise_state ^= noise_state << 17;
  return noise_state;
}

static inline uint64_t noise_below(uint64_t bound) {
  return noise_bits() % bound;
}

/* Changes one bit, one 32-bit word, or all; `bytes` is a multiple of 8. */
static inline void noise_spoil(void *memory, size_t bytes) {
  unsigned char *at = memory;
  const uint32_t words[] = {0, 1, 2, UINT32_MAX, 0x7fffffffu, (uint32_t)noise_bits()};
  size_t word = noise_below(bytes / 4) * 4;
  switch (noise_below(8)) {
    case 0:
      for (size_t i = 0; i < bytes; i++) {
        at[i] = (unsigned char)noise_bits();
      }
      break;
    case 1:
    case 2:
    case 3:
      at[word] = (unsigned char)(at[word] ^ 1u << noise_below(8));
      break;
    default:
      memcpy(at + word, &words[noise_below(6)], sizeof words[0]);
  }
}

#endif
