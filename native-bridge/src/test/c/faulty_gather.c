/* A gather with a planted fault, linked into a copy of the fuzz loop that must then fail. */
#include "waip/bridge.h"

int32_t faulty_gather(const struct waip_rows *rows, int64_t padded, uint64_t pad_bits, void *out,
                      int64_t out_bytes);

/* Right but for the last byte of a full batch of the largest size. */
int32_t faulty_gather(const struct waip_rows *rows, int64_t padded, uint64_t pad_bits, void *out,
                      int64_t out_bytes) {
  int32_t status = waip_gather(rows, padded, pad_bits, out, out_bytes);
  if (status == WAIP_STATUS_OK && rows->count == 8 && out_bytes > 0) {
    ((unsigned char *)out)[out_bytes - 1] ^= 1;
  }
  return status;
}
