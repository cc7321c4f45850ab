/* Behaviour of libwaip_bridge through its exported calls, on values a reader can check by hand. */
#include <string.h>

#include "testing.h"
#include "waip/bridge.h"

static struct waip_rows rows_of(void *const *addresses, const int64_t *lengths, int64_t count,
                                int64_t element_bytes) {
  struct waip_rows rows = {addresses, lengths, count, 1, element_bytes};
  return rows;
}

static void reports_the_version_of_its_header(void) {
  CHECK_INT(waip_abi_version(), WAIP_ABI_VERSION);
}

static void gathers_and_pads_tokens(void) {
  int64_t first[] = {101, 7, 102};
  int64_t second[] = {101};
  void *addresses[] = {first, second};
  int64_t lengths[] = {3, 1};
  struct waip_rows rows = rows_of(addresses, lengths, 2, 8);
  int64_t out[9] = {0};
  out[8] = 77;
  CHECK_INT(waip_gather(&rows, 4, (uint64_t)-1, out, 64), WAIP_STATUS_OK);
  const int64_t expected[] = {101, 7, 102, -1, 101, -1, -1, -1, 77};
  CHECK(memcmp(out, expected, sizeof expected) == 0);
}

static void pads_every_element_size_with_its_low_bytes(void) {
  const int64_t sizes[] = {1, 2, 4, 8};
  const uint64_t pad = 0x0807060504030201u;
  for (size_t s = 0; s < COUNT_OF(sizes); s++) {
    size_t size = (size_t)sizes[s];
    void *addresses[] = {NULL};
    int64_t lengths[] = {0};
    struct waip_rows rows = rows_of(addresses, lengths, 1, sizes[s]);
    unsigned char out[24];
    CHECK_INT(waip_gather(&rows, 3, pad, out, sizeof out), WAIP_STATUS_OK);
    for (size_t i = 0; i < 3 * size; i++) {
      CHECK_INT(out[i], i % size + 1);
    }
  }
}

static void gathers_positions_of_several_elements(void) {
  float row[] = {1, 2, 3, 4};
  void *addresses[] = {row};
  int64_t lengths[] = {2};
  struct waip_rows rows = {addresses, lengths, 1, 2, sizeof(float)};
  float out[6];
  CHECK_INT(waip_gather(&rows, 3, 0, out, sizeof out), WAIP_STATUS_OK);
  const float expected[] = {1, 2, 3, 4, 0, 0};
  CHECK(memcmp(out, expected, sizeof expected) == 0);
}

static void needs_no_alignment_of_rows_and_tensor(void) {
  unsigned char row[9] = {0, 1, 0, 0, 0, 0, 0, 0, 0};
  unsigned char out[25] = {0};
  void *addresses[] = {row + 1};
  int64_t lengths[] = {1};
  struct waip_rows rows = rows_of(addresses, lengths, 1, 8);
  CHECK_INT(waip_gather(&rows, 2, 2, out + 1, 24), WAIP_STATUS_OK);
  CHECK_INT(out[1], 1);
  CHECK_INT(out[9], 2);
  CHECK_INT(waip_mask(&rows, 2, out + 3, 22), WAIP_STATUS_OK);
  CHECK_INT(out[3], 1);
  CHECK_INT(out[11], 0);
}

static void masks_positions_of_each_row(void) {
  int64_t lengths[] = {2, 0, 3};
  struct waip_rows rows = rows_of(NULL, lengths, 3, 8);
  int64_t out[9];
  CHECK_INT(waip_mask(&rows, 3, out, sizeof out), WAIP_STATUS_OK);
  const int64_t expected[] = {1, 1, 0, 0, 0, 0, 1, 1, 1};
  CHECK(memcmp(out, expected, sizeof expected) == 0);
}

static void scatters_only_the_positions_of_each_row(void) {
  const float dense[] = {1, 2, 3, 4, 5, 6, 7, 8};
  float first[] = {-1, -1, -1};
  float second[] = {-1, -1, -1, -1, -1};
  void *addresses[] = {first, second};
  int64_t lengths[] = {1, 2};
  struct waip_rows rows = {addresses, lengths, 2, 2, sizeof(float)};
  CHECK_INT(waip_scatter(dense, sizeof dense, 2, &rows), WAIP_STATUS_OK);
  const float expected_first[] = {1, 2, -1};
  const float expected_second[] = {5, 6, 7, 8, -1};
  CHECK(memcmp(first, expected_first, sizeof first) == 0);
  CHECK(memcmp(second, expected_second, sizeof second) == 0);
}

static void does_nothing_for_no_rows(void) {
  struct waip_rows rows = rows_of(NULL, NULL, 0, 8);
  CHECK_INT(waip_gather(&rows, 16, 0, NULL, 0), WAIP_STATUS_OK);
  CHECK_INT(waip_mask(&rows, 16, NULL, 0), WAIP_STATUS_OK);
  CHECK_INT(waip_scatter(NULL, 0, 16, &rows), WAIP_STATUS_OK);
}

static void accepts_rows_and_tensors_without_positions(void) {
  void *addresses[] = {NULL};
  int64_t lengths[] = {0};
  struct waip_rows rows = rows_of(addresses, lengths, 1, 8);
  CHECK_INT(waip_gather(&rows, 0, 0, NULL, 0), WAIP_STATUS_OK);
  CHECK_INT(waip_mask(&rows, 0, NULL, 0), WAIP_STATUS_OK);
  CHECK_INT(waip_scatter(NULL, 0, 0, &rows), WAIP_STATUS_OK);
}

/* One way to call wrongly: what differs from a good call, and the status it must give. */
struct fault {
  const char *name;
  struct waip_rows rows;
  int64_t padded;
  int64_t capacity;
  int32_t gather;
  int32_t mask;
};

static void refuses(const struct fault *fault, unsigned char *out) {
  unsigned char before[64];
  memcpy(before, out, sizeof before);
  fprintf(stderr, "refuses: %s\n", fault->name);
  CHECK_INT(waip_gather(&fault->rows, fault->padded, 9, out, fault->capacity), fault->gather);
  CHECK_INT(waip_scatter(out, fault->capacity, fault->padded, &fault->rows), fault->gather);
  if (fault->mask != WAIP_STATUS_OK) {
    CHECK_INT(waip_mask(&fault->rows, fault->padded, out, fault->capacity), fault->mask);
  }
  CHECK(memcmp(before, out, sizeof before) == 0);
}

static void refuses_bad_arguments_and_writes_nothing(void) {
  int64_t first[4] = {1, 2, 3, 4};
  void *good[] = {first, first};
  void *hole[] = {first, NULL};
  void *wild[] = {first, (void *)(UINTPTR_MAX - 7)};
  int64_t fits[] = {4, 2};
  int64_t over[] = {4, 5};
  int64_t negative[] = {4, -1};
  unsigned char out[64] = {3};
  void *inside[] = {first, out + 56};
  void *crooked = (unsigned char *)good + 1;
  const struct fault faults[] = {
      {"no lengths", {good, NULL, 2, 1, 8}, 4, 64, WAIP_STATUS_NULL_POINTER, WAIP_STATUS_NULL_POINTER},
      {"no addresses", {NULL, fits, 2, 1, 8}, 4, 64, WAIP_STATUS_NULL_POINTER, WAIP_STATUS_OK},
      {"a null row", {hole, fits, 2, 1, 8}, 4, 64, WAIP_STATUS_NULL_POINTER, WAIP_STATUS_OK},
      {"element of 0", {good, fits, 2, 1, 0}, 4, 64, WAIP_STATUS_ELEMENT_SIZE, WAIP_STATUS_ELEMENT_SIZE},
      {"element of 3", {good, fits, 2, 1, 3}, 4, 64, WAIP_STATUS_ELEMENT_SIZE, WAIP_STATUS_ELEMENT_SIZE},
      {"element of -8", {good, fits, 2, 1, -8}, 4, 64, WAIP_STATUS_ELEMENT_SIZE, WAIP_STATUS_ELEMENT_SIZE},
      {"count of -1", {good, fits, -1, 1, 8}, 4, 64, WAIP_STATUS_RANGE, WAIP_STATUS_RANGE},
      {"width of 0", {good, fits, 2, 0, 8}, 4, 64, WAIP_STATUS_RANGE, WAIP_STATUS_RANGE},
      {"padded of -1", {good, fits, 2, 1, 8}, -1, 64, WAIP_STATUS_RANGE, WAIP_STATUS_RANGE},
      {"capacity of -1", {good, fits, 2, 1, 8}, 4, -1, WAIP_STATUS_RANGE, WAIP_STATUS_RANGE},
      {"wide position", {good, fits, 2, INT64_MAX, 8}, 4, 64, WAIP_STATUS_OVERFLOW, WAIP_STATUS_OVERFLOW},
      {"long row", {good, fits, 2, 1, 8}, INT64_MAX, 64, WAIP_STATUS_OVERFLOW, WAIP_STATUS_OVERFLOW},
      {"many rows", {good, fits, INT64_MAX, 1, 8}, 4, 64, WAIP_STATUS_OVERFLOW, WAIP_STATUS_OVERFLOW},
      {"row at the end", {wild, fits, 2, 1, 8}, 4, 64, WAIP_STATUS_OVERFLOW, WAIP_STATUS_OK},
      {"one byte short", {good, fits, 2, 1, 8}, 4, 63, WAIP_STATUS_CAPACITY, WAIP_STATUS_CAPACITY},
      {"over the pad", {good, over, 2, 1, 8}, 4, 64, WAIP_STATUS_ROW_LENGTH, WAIP_STATUS_ROW_LENGTH},
      {"length of -1", {good, negative, 2, 1, 8}, 4, 64, WAIP_STATUS_ROW_LENGTH, WAIP_STATUS_ROW_LENGTH},
      {"row in tensor", {inside, fits, 2, 1, 8}, 4, 64, WAIP_STATUS_OVERLAP, WAIP_STATUS_OK},
      {"crooked array", {crooked, fits, 1, 1, 8}, 4, 64, WAIP_STATUS_ALIGNMENT, WAIP_STATUS_OK},
  };
  for (size_t i = 0; i < COUNT_OF(faults); i++) {
    refuses(&faults[i], out);
  }
}

static void refuses_a_missing_descriptor_or_tensor(void) {
  int64_t row[1] = {1};
  void *addresses[] = {row};
  int64_t lengths[] = {1};
  struct waip_rows rows = rows_of(addresses, lengths, 1, 8);
  CHECK_INT(waip_gather(NULL, 1, 0, row, 8), WAIP_STATUS_NULL_POINTER);
  CHECK_INT(waip_mask(NULL, 1, row, 8), WAIP_STATUS_NULL_POINTER);
  CHECK_INT(waip_scatter(row, 8, 1, NULL), WAIP_STATUS_NULL_POINTER);
  CHECK_INT(waip_gather(&rows, 1, 0, NULL, 8), WAIP_STATUS_NULL_POINTER);
  CHECK_INT(waip_mask(&rows, 1, NULL, 8), WAIP_STATUS_NULL_POINTER);
  CHECK_INT(waip_scatter(NULL, 8, 1, &rows), WAIP_STATUS_NULL_POINTER);
  CHECK_INT(waip_gather((struct waip_rows *)(void *)((unsigned char *)&rows + 1), 1, 0, row, 8),
            WAIP_STATUS_ALIGNMENT);
}

static void refuses_to_write_over_its_own_descriptor(void) {
  int64_t dense[] = {5};
  int64_t row[] = {1};
  void *addresses[] = {row};
  int64_t lengths[] = {1};
  struct waip_rows rows = rows_of(addresses, lengths, 1, 8);
  CHECK_INT(waip_gather(&rows, 1, 0, lengths, 8), WAIP_STATUS_OVERLAP);
  CHECK_INT(waip_mask(&rows, 1, addresses, 8), WAIP_STATUS_OVERLAP);
  addresses[0] = &rows;
  CHECK_INT(waip_scatter(dense, sizeof dense, 1, &rows), WAIP_STATUS_OVERLAP);
}

int main(void) {
  reports_the_version_of_its_header();
  gathers_and_pads_tokens();
  pads_every_element_size_with_its_low_bytes();
  gathers_positions_of_several_elements();
  needs_no_alignment_of_rows_and_tensor();
  masks_positions_of_each_row();
  scatters_only_the_positions_of_each_row();
  does_nothing_for_no_rows();
  accepts_rows_and_tensors_without_positions();
  refuses_bad_arguments_and_writes_nothing();
  refuses_a_missing_descriptor_or_tensor();
  refuses_to_write_over_its_own_descriptor();
  printf("bridge_test: 12 tests, %d checks\n", checks_run);
  return 0;
}
