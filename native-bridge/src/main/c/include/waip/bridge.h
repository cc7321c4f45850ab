/*
 * libwaip_bridge: assembly of ragged request rows into dense batch tensors and back.
 *
 * All calls are reentrant, keep no state, allocate nothing, never block and never call back. Time is
 * linear in the bytes moved. Tensors are row-major in the machine's byte order; no alignment is asked of
 * rows and tensors, 8 bytes of the descriptor and its two arrays. The caller owns all memory and keeps it
 * alive and unchanged for the length of the call.
 */
#ifndef WAIP_BRIDGE_H
#define WAIP_BRIDGE_H

#include <stddef.h>
#include <stdint.h>

#include "waip/abi.h"

#define WAIP_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* Ragged rows: row i is lengths[i] positions of width elements at addresses[i]. */
struct waip_rows {
  void *const *addresses;  /* count pointers; one may be null where its length is 0 */
  const int64_t *lengths;  /* count lengths in positions, each in [0, padded] */
  int64_t count;           /* rows, >= 0; with 0 no pointer is followed */
  int64_t width;           /* elements per position, >= 1 */
  int64_t element_bytes;   /* 1, 2, 4 or 8 */
};

_Static_assert(sizeof(void *) == 8, "addresses are written as 64-bit words");
_Static_assert(sizeof(struct waip_rows) == WAIP_ROWS_BYTES, "abi.h: size");
_Static_assert(offsetof(struct waip_rows, addresses) == WAIP_ROWS_OFFSET_ADDRESSES, "abi.h: addresses");
_Static_assert(offsetof(struct waip_rows, lengths) == WAIP_ROWS_OFFSET_LENGTHS, "abi.h: lengths");
_Static_assert(offsetof(struct waip_rows, count) == WAIP_ROWS_OFFSET_COUNT, "abi.h: count");
_Static_assert(offsetof(struct waip_rows, width) == WAIP_ROWS_OFFSET_WIDTH, "abi.h: width");
_Static_assert(offsetof(struct waip_rows, element_bytes) == WAIP_ROWS_OFFSET_ELEMENT_BYTES,
               "abi.h: element_bytes");

/* WAIP_ABI_VERSION of the library; the caller compares it with its own before any other call. */
WAIP_EXPORT int32_t waip_abi_version(void);

/*
 * Copies the rows into dense [count, padded, width] at out, of which out_bytes bytes are usable, and
 * fills the positions behind each row with the low element_bytes bytes of pad_bits.
 */
WAIP_EXPORT int32_t waip_gather(const struct waip_rows *rows, int64_t padded, uint64_t pad_bits, void *out,
                                int64_t out_bytes);

/*
 * Writes the attention mask, int64 [count, padded], at out: 1 for each position of a row, 0 behind it.
 * Follows no row address; width and element_bytes are checked and otherwise unused.
 */
WAIP_EXPORT int32_t waip_mask(const struct waip_rows *rows, int64_t padded, void *out, int64_t out_bytes);

/*
 * Copies the first lengths[i] positions of row i of dense [count, padded, width], of which dense_bytes
 * bytes are usable, to addresses[i]. For a dense tensor [count, width] padded and every length are 1.
 */
WAIP_EXPORT int32_t waip_scatter(const void *dense, int64_t dense_bytes, int64_t padded,
                                 const struct waip_rows *rows);

#ifdef __cplusplus
}
#endif

#endif
