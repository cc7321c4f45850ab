#include <string.h>

#include "checks.h"

/*
 * Stores go through memcpy of a fixed size: the compiler turns it into one (vector) store and no
 * alignment is needed, where a store through a cast pointer would be undefined (C11 6.3.2.3p7).
 */
static void fill16(unsigned char *out, size_t elements, uint16_t value) {
  for (size_t i = 0; i < elements; i++) {
    memcpy(out + i * sizeof value, &value, sizeof value);
  }
}

static void fill32(unsigned char *out, size_t elements, uint32_t value) {
  for (size_t i = 0; i < elements; i++) {
    memcpy(out + i * sizeof value, &value, sizeof value);
  }
}

static void fill64(unsigned char *out, size_t elements, uint64_t value) {
  for (size_t i = 0; i < elements; i++) {
    memcpy(out + i * sizeof value, &value, sizeof value);
  }
}

static void fill(unsigned char *out, size_t bytes, int64_t element_bytes, uint64_t bits) {
  switch (element_bytes) {
    case 1:
      memset(out, (int)(bits & 0xff), bytes);
      break;
    case 2:
      fill16(out, bytes / 2, (uint16_t)bits);
      break;
    case 4:
      fill32(out, bytes / 4, (uint32_t)bits);
      break;
    default:
      fill64(out, bytes / 8, bits);
      break;
  }
}

static int32_t check_gather(const struct waip_rows *rows, const struct waip_extent *extent, const void *out) {
  int32_t status = waip_check_addresses(rows, extent, out);
  return status != WAIP_STATUS_OK ? status : waip_check_descriptor(rows, out, extent->total);
}

int32_t waip_gather(const struct waip_rows *rows, int64_t padded, uint64_t pad_bits, void *out,
                    int64_t out_bytes) {
  struct waip_extent extent;
  int32_t status = waip_check_extent(rows, padded, out_bytes, &extent);
  if (status != WAIP_STATUS_OK || (status = waip_check_lengths(rows, padded)) != WAIP_STATUS_OK ||
      (status = check_gather(rows, &extent, out)) != WAIP_STATUS_OK || extent.total == 0) {
    return status;
  }
  unsigned char *row_out = out;
  for (int64_t i = 0; i < rows->count; i++) {
    size_t bytes = (size_t)rows->lengths[i] * extent.position;
    if (bytes > 0) {
      memcpy(row_out, rows->addresses[i], bytes);
    }
    fill(row_out + bytes, extent.row - bytes, rows->element_bytes, pad_bits);
    row_out += extent.row;
  }
  return WAIP_STATUS_OK;
}

static int32_t check_mask(const struct waip_rows *rows, size_t bytes, const void *out) {
  if (bytes == 0) {
    return WAIP_STATUS_OK;
  }
  if (out == NULL) {
    return WAIP_STATUS_NULL_POINTER;
  }
  return waip_check_descriptor(rows, out, bytes);
}

int32_t waip_mask(const struct waip_rows *rows, int64_t padded, void *out, int64_t out_bytes) {
  struct waip_extent extent;
  int32_t status = waip_check_extent(rows, 0, 0, &extent);
  if (status != WAIP_STATUS_OK) {
    return status;
  }
  struct waip_rows mask = {NULL, rows->lengths, rows->count, 1, sizeof(int64_t)};
  if ((status = waip_check_extent(&mask, padded, out_bytes, &extent)) != WAIP_STATUS_OK ||
      (status = waip_check_lengths(rows, padded)) != WAIP_STATUS_OK ||
      (status = check_mask(rows, extent.total, out)) != WAIP_STATUS_OK) {
    return status;
  }
  unsigned char *row_out = out;
  for (int64_t i = 0; i < rows->count && extent.row > 0; i++) {
    size_t ones = (size_t)rows->lengths[i];
    fill64(row_out, ones, 1);
    memset(row_out + ones * sizeof(int64_t), 0, extent.row - ones * sizeof(int64_t));
    row_out += extent.row;
  }
  return WAIP_STATUS_OK;
}
