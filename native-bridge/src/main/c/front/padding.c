#include "padding.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "model_config.h"

/* A service has one pad value; this is for as many services as a server could hold. */
enum { PAGES = 64 };

struct page {
  uint64_t bits;
  uint32_t element_bytes;
  unsigned char *bytes;
};

static const unsigned char zero_page[WAIP_PAD_PAGE_BYTES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct page pages[PAGES];
static uint32_t page_count;

static struct page *find_or_make(uint64_t bits, uint32_t element_bytes) {
  for (uint32_t i = 0; i < page_count; i++) {
    if (pages[i].bits == bits && pages[i].element_bytes == element_bytes) {
      return &pages[i];
    }
  }
  unsigned char *bytes = page_count < PAGES ? malloc(WAIP_PAD_PAGE_BYTES) : NULL;
  if (bytes == NULL) {
    return NULL;
  }
  for (uint32_t at = 0; at < WAIP_PAD_PAGE_BYTES; at += element_bytes) {
    memcpy(bytes + at, &bits, element_bytes); /* little-endian: the low bytes come first */
  }
  pages[page_count] = (struct page){bits, element_bytes, bytes};
  return &pages[page_count++];
}

const unsigned char *waip_pad_page(uint64_t bits, uint32_t element_bytes) {
  if (element_bytes < 8) {
    bits &= (UINT64_C(1) << (8 * element_bytes)) - 1;
  }
  if (bits == 0) {
    return zero_page;
  }
  pthread_mutex_lock(&lock);
  struct page *page = find_or_make(bits, element_bytes);
  pthread_mutex_unlock(&lock);
  return page == NULL ? NULL : page->bytes;
}

bool waip_needs_padding(const struct waip_tensor *tensor, const struct waip_lengths *lengths,
                        uint32_t padded_length) {
  return padded_length > 0 && waip_lengths_apply(lengths, tensor->name) && lengths->axis < tensor->rank &&
         tensor->shape[lengths->axis] != padded_length;
}

TRITONSERVER_Error *waip_padding_of(const struct waip_tensor *tensor, const struct waip_lengths *lengths,
                                    uint32_t padded_length, struct waip_padding *padding) {
  uint64_t bits = 0;
  uint32_t element_bytes = waip_datatype_bytes(tensor->datatype);
  int64_t value = strcmp(tensor->name, lengths->mask) == 0 ? 0 : lengths->pad_value;
  struct waip_cut cut;
  const unsigned char *page = NULL;
  *padding = (struct waip_padding){0, 0, 0, NULL};
  if (waip_pad_bits(tensor->datatype, value, &bits) &&
      waip_cut_at(tensor->shape, tensor->rank, lengths->axis, element_bytes, &cut)) {
    page = waip_pad_page(bits, element_bytes);
  }
  if (page == NULL || cut.length > padded_length) {
    return waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: input '%.128s' cannot be padded to length %u",
                      tensor->name, padded_length);
  }
  uint64_t pad_bytes;
  uint64_t total;
  if (__builtin_mul_overflow(padded_length - cut.length, cut.inner_bytes, &pad_bytes) ||
      __builtin_mul_overflow(pad_bytes, cut.outer, &total) || total > WAIP_PAD_LIMIT_BYTES) {
    return waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: input '%.128s' would be padded by more than %d bytes",
                      tensor->name, WAIP_PAD_LIMIT_BYTES);
  }
  *padding = (struct waip_padding){cut.outer, cut.length * cut.inner_bytes, pad_bytes, page};
  return NULL;
}
