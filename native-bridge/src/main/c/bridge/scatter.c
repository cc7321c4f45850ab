#include <string.h>

#include "checks.h"

static int32_t check_targets(const struct waip_rows *rows, const struct waip_extent *extent) {
  for (int64_t i = 0; i < rows->count; i++) {
    size_t bytes = (size_t)rows->lengths[i] * extent->position;
    int32_t status = waip_check_descriptor(rows, rows->addresses[i], bytes);
    if (status != WAIP_STATUS_OK) {
      return status;
    }
  }
  return WAIP_STATUS_OK;
}

int32_t waip_scatter(const void *dense, int64_t dense_bytes, int64_t padded, const struct waip_rows *rows) {
  struct waip_extent extent;
  int32_t status = waip_check_extent(rows, padded, dense_bytes, &extent);
  if (status != WAIP_STATUS_OK || (status = waip_check_lengths(rows, padded)) != WAIP_STATUS_OK ||
      (status = waip_check_addresses(rows, &extent, dense)) != WAIP_STATUS_OK ||
      (status = check_targets(rows, &extent)) != WAIP_STATUS_OK || extent.total == 0) {
    return status;
  }
  const unsigned char *row_in = dense;
  for (int64_t i = 0; i < rows->count; i++) {
    size_t bytes = (size_t)rows->lengths[i] * extent.position;
    if (bytes > 0) {
      memcpy(rows->addresses[i], row_in, bytes);
    }
    row_in += extent.row;
  }
  return WAIP_STATUS_OK;
}
