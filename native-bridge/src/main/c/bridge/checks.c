#include "checks.h"

#include <stdbool.h>

static bool is_aligned(const void *pointer) {
  return (uintptr_t)pointer % sizeof(int64_t) == 0;
}

static bool overlaps(const void *a, size_t a_bytes, const void *b, size_t b_bytes) {
  uintptr_t a_start = (uintptr_t)a;
  uintptr_t b_start = (uintptr_t)b;
  if (a_bytes == 0 || b_bytes == 0) {
    return false;
  }
  return a_start < b_start ? b_start - a_start < a_bytes : a_start - b_start < b_bytes;
}

static bool wraps(const void *pointer, size_t bytes) {
  return (uintptr_t)pointer > UINTPTR_MAX - bytes;
}

static bool is_element_size(int64_t bytes) {
  return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
}

static int32_t measure(const struct waip_rows *rows, int64_t padded, struct waip_extent *extent) {
  int64_t position;
  int64_t row;
  int64_t total;
  if (__builtin_mul_overflow(rows->width, rows->element_bytes, &position) ||
      __builtin_mul_overflow(position, padded, &row) ||
      __builtin_mul_overflow(row, rows->count, &total)) {
    return WAIP_STATUS_OVERFLOW;
  }
  extent->position = (size_t)position;
  extent->row = (size_t)row;
  extent->total = (size_t)total;
  return WAIP_STATUS_OK;
}

int32_t waip_check_extent(const struct waip_rows *rows, int64_t padded, int64_t usable_bytes,
                          struct waip_extent *extent) {
  if (rows == NULL) {
    return WAIP_STATUS_NULL_POINTER;
  }
  if (!is_aligned(rows)) {
    return WAIP_STATUS_ALIGNMENT;
  }
  if (!is_element_size(rows->element_bytes)) {
    return WAIP_STATUS_ELEMENT_SIZE;
  }
  if (rows->count < 0 || rows->width < 1 || padded < 0 || usable_bytes < 0) {
    return WAIP_STATUS_RANGE;
  }
  int32_t status = measure(rows, padded, extent);
  if (status != WAIP_STATUS_OK) {
    return status;
  }
  return extent->total > (size_t)usable_bytes ? WAIP_STATUS_CAPACITY : WAIP_STATUS_OK;
}

int32_t waip_check_lengths(const struct waip_rows *rows, int64_t padded) {
  if (rows->count == 0) {
    return WAIP_STATUS_OK;
  }
  if (rows->lengths == NULL) {
    return WAIP_STATUS_NULL_POINTER;
  }
  if (!is_aligned(rows->lengths)) {
    return WAIP_STATUS_ALIGNMENT;
  }
  for (int64_t i = 0; i < rows->count; i++) {
    if (rows->lengths[i] < 0 || rows->lengths[i] > padded) {
      return WAIP_STATUS_ROW_LENGTH;
    }
  }
  return WAIP_STATUS_OK;
}

static int32_t check_address(const void *address, size_t bytes, const void *dense, size_t dense_bytes) {
  if (bytes == 0) {
    return WAIP_STATUS_OK;
  }
  if (address == NULL) {
    return WAIP_STATUS_NULL_POINTER;
  }
  if (wraps(address, bytes)) {
    return WAIP_STATUS_OVERFLOW;
  }
  return overlaps(address, bytes, dense, dense_bytes) ? WAIP_STATUS_OVERLAP : WAIP_STATUS_OK;
}

int32_t waip_check_addresses(const struct waip_rows *rows, const struct waip_extent *extent,
                             const void *dense) {
  if (rows->count == 0) {
    return WAIP_STATUS_OK;
  }
  if (rows->addresses == NULL || (dense == NULL && extent->total > 0)) {
    return WAIP_STATUS_NULL_POINTER;
  }
  if (!is_aligned(rows->addresses)) {
    return WAIP_STATUS_ALIGNMENT;
  }
  if (wraps(dense, extent->total)) {
    return WAIP_STATUS_OVERFLOW;
  }
  for (int64_t i = 0; i < rows->count; i++) {
    size_t bytes = (size_t)rows->lengths[i] * extent->position;
    int32_t status = check_address(rows->addresses[i], bytes, dense, extent->total);
    if (status != WAIP_STATUS_OK) {
      return status;
    }
  }
  return WAIP_STATUS_OK;
}

int32_t waip_check_descriptor(const struct waip_rows *rows, const void *written, size_t bytes) {
  size_t array_bytes = (size_t)rows->count * sizeof(int64_t);
  bool hit = overlaps(written, bytes, rows, sizeof *rows) ||
             overlaps(written, bytes, rows->lengths, array_bytes) ||
             overlaps(written, bytes, rows->addresses, array_bytes);
  return hit ? WAIP_STATUS_OVERLAP : WAIP_STATUS_OK;
}
