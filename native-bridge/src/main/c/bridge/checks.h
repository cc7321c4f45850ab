/* Checks shared by the calls of libwaip_bridge. They run whole before the first byte is written. */
#ifndef WAIP_BRIDGE_CHECKS_H
#define WAIP_BRIDGE_CHECKS_H

#include "waip/bridge.h"

/* Sizes in bytes of a dense tensor; each fits int64_t and size_t. */
struct waip_extent {
  size_t position; /* width * element_bytes */
  size_t row;      /* padded * position */
  size_t total;    /* count * row */
};

/* Checks the descriptor itself, not its arrays, and the tensor's sizes against usable_bytes. */
int32_t waip_check_extent(const struct waip_rows *rows, int64_t padded, int64_t usable_bytes,
                          struct waip_extent *extent);

/* Checks the lengths array. */
int32_t waip_check_lengths(const struct waip_rows *rows, int64_t padded);

/* Checks the addresses array, and each row against the dense tensor. Lengths are checked before. */
int32_t waip_check_addresses(const struct waip_rows *rows, const struct waip_extent *extent,
                             const void *dense);

/* Checks that the bytes about to be written leave the descriptor and its arrays alone. */
int32_t waip_check_descriptor(const struct waip_rows *rows, const void *written, size_t bytes);

#endif
