/* Filling up of short rows: how many bytes of what follow each of them. */
#ifndef WAIP_FRONT_PADDING_H
#define WAIP_FRONT_PADDING_H

#include "tensors.h"

enum {
  WAIP_PAD_PAGE_BYTES = 1 << 16,
  /* An input that would be filled up with more bytes than this is a fault of whoever chose the length. */
  WAIP_PAD_LIMIT_BYTES = 1 << 26
};

/* `outer` times: row_bytes of the input, then pad_bytes taken from the page over and over. */
struct waip_padding {
  uint64_t outer;
  uint64_t row_bytes;
  uint64_t pad_bytes;
  const unsigned char *page;
};

/* Whether the input has the length axis and another length; never when `padded_length` is 0. */
bool waip_needs_padding(const struct waip_tensor *tensor, const struct waip_lengths *lengths,
                        uint32_t padded_length);

/* An error when the input cannot be padded to that length; `padding` then has no rows. */
TRITONSERVER_Error *waip_padding_of(const struct waip_tensor *tensor, const struct waip_lengths *lengths,
                                    uint32_t padded_length, struct waip_padding *padding);

/*
 * WAIP_PAD_PAGE_BYTES bytes that repeat the low `element_bytes` bytes (1, 2, 4 or 8) of `bits`; made once,
 * never freed. NULL when there is no memory, or too many different values were asked for. Any thread.
 */
const unsigned char *waip_pad_page(uint64_t bits, uint32_t element_bytes);

#endif
