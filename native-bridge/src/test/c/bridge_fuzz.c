/*
 * Random ragged batches against a naive model, a fixed number of rounds from a fixed seed:
 * bridge_fuzz ROUNDS SEED. Every buffer is allocated with exactly the bytes the call may touch, so that
 * the address sanitizer sees one byte too many. Fails where a status or shape was never reached.
 */
#include <stdbool.h>
#include <string.h>

#include "testing.h"
#include "waip/bridge.h"

enum { MAX_ROWS = 9, MAX_PADDED = 17, MAX_WIDTH = 5, STATUSES = WAIP_STATUS_ALIGNMENT + 1 };

static uint64_t state;

/* xorshift64: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003, p. 4. */
static uint64_t next_bits(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

static int64_t below(int64_t bound) {
  return (int64_t)(next_bits() % (uint64_t)bound);
}

static int64_t reached[STATUSES];
static int64_t reached_empty_batch;
static int64_t reached_exact_fit;
static int64_t reached_empty_row;

/* One random batch; the arrays have room for MAX_ROWS, the rows exactly their bytes. */
struct batch {
  struct waip_rows rows;
  int64_t padded;
  uint64_t pad_bits;
  int64_t dense_bytes;
  void *addresses[MAX_ROWS];
  int64_t lengths[MAX_ROWS];
};

static unsigned char *random_bytes(size_t bytes) {
  unsigned char *block = malloc(bytes > 0 ? bytes : 1);
  if (block == NULL) {
    exit(2);
  }
  for (size_t i = 0; i < bytes; i++) {
    block[i] = (unsigned char)next_bits();
  }
  return block;
}

static size_t row_bytes(const struct batch *batch, int64_t row) {
  return (size_t)(batch->lengths[row] * batch->rows.width * batch->rows.element_bytes);
}

static void draw(struct batch *batch) {
  batch->padded = below(MAX_PADDED);
  batch->pad_bits = next_bits();
  batch->rows = (struct waip_rows){batch->addresses, batch->lengths, below(MAX_ROWS), 1 + below(MAX_WIDTH),
                                   (int64_t)1 << below(4)};
  for (int64_t i = 0; i < batch->rows.count; i++) {
    batch->lengths[i] = below(4) == 0 ? batch->padded : below(batch->padded + 1);
    batch->addresses[i] = random_bytes(row_bytes(batch, i));
    reached_exact_fit += batch->lengths[i] == batch->padded;
    reached_empty_row += batch->lengths[i] == 0;
  }
  batch->dense_bytes = batch->rows.count * batch->padded * batch->rows.width * batch->rows.element_bytes;
  reached_empty_batch += batch->rows.count == 0;
}

static void drop(struct batch *batch, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    free(batch->addresses[i]);
  }
}

/* The byte of the dense tensor at a place, worked out one byte at a time. */
static unsigned char model_byte(const struct batch *batch, size_t place) {
  size_t element = (size_t)batch->rows.element_bytes;
  size_t row_size = (size_t)batch->padded * (size_t)batch->rows.width * element;
  int64_t row = (int64_t)(place / row_size);
  size_t within = place % row_size;
  if (within < row_bytes(batch, row)) {
    return ((unsigned char *)batch->addresses[row])[within];
  }
  return (unsigned char)(batch->pad_bits >> (8 * (within % element)));
}

static void check_gather(const struct batch *batch) {
  unsigned char *out = random_bytes((size_t)batch->dense_bytes);
  int32_t status = waip_gather(&batch->rows, batch->padded, batch->pad_bits, out, batch->dense_bytes);
  CHECK_INT(status, WAIP_STATUS_OK);
  for (int64_t i = 0; i < batch->dense_bytes; i++) {
    CHECK_INT(out[i], model_byte(batch, (size_t)i));
  }
  free(out);
}

static void check_mask(const struct batch *batch) {
  int64_t bytes = batch->rows.count * batch->padded * 8;
  int64_t *out = (int64_t *)(void *)random_bytes((size_t)bytes);
  CHECK_INT(waip_mask(&batch->rows, batch->padded, out, bytes), WAIP_STATUS_OK);
  for (int64_t i = 0; i < batch->rows.count; i++) {
    for (int64_t j = 0; j < batch->padded; j++) {
      CHECK_INT(out[i * batch->padded + j], j < batch->lengths[i]);
    }
  }
  free(out);
}

static void check_scatter(const struct batch *batch) {
  unsigned char *dense = random_bytes((size_t)batch->dense_bytes);
  CHECK_INT(waip_scatter(dense, batch->dense_bytes, batch->padded, &batch->rows), WAIP_STATUS_OK);
  size_t pitch = (size_t)(batch->padded * batch->rows.width * batch->rows.element_bytes);
  for (int64_t i = 0; i < batch->rows.count; i++) {
    size_t bytes = row_bytes(batch, i);
    CHECK(bytes == 0 || memcmp(batch->addresses[i], dense + (size_t)i * pitch, bytes) == 0);
  }
  free(dense);
}

/* Breaks one thing; returns whether the batch still describes its own memory. */
static void spoil(struct batch *batch) {
  int64_t row = below(batch->rows.count);
  const int64_t odd_values[] = {-1, 0, INT64_MIN, INT64_MAX, 3, batch->padded + 1};
  int64_t value = odd_values[below((int64_t)COUNT_OF(odd_values))];
  switch (below(8)) {
    case 0: batch->rows.element_bytes = value; break;
    case 1: batch->rows.count = value > 0 ? INT64_MAX : value; break;
    case 2: batch->rows.width = value > 0 ? INT64_MAX : value; break;
    case 3: batch->padded = value > 0 ? INT64_MAX : value; break;
    case 4: batch->lengths[row] = value > 0 ? batch->padded + value % 8 + 1 : value; break;
    case 5: batch->rows.lengths = value == 0 ? NULL : (int64_t *)((uintptr_t)batch->lengths | 1); break;
    case 6: batch->rows.addresses = value == 0 ? NULL : (void **)((uintptr_t)batch->addresses | 1); break;
    default: batch->dense_bytes = value < 0 ? value : batch->dense_bytes - 1; break;
  }
}

/* A spoilt call may succeed (a length of 0 is fine); it must never touch what it may not. */
static void check_spoilt(struct batch *batch) {
  size_t bytes = (size_t)batch->dense_bytes;
  unsigned char *out = random_bytes(bytes);
  unsigned char *before = random_bytes(bytes);
  memcpy(before, out, bytes);
  if (below(6) == 0 && batch->lengths[0] > 0) {
    void *own = batch->addresses[0];
    batch->addresses[0] = out;
    reached[waip_gather(&batch->rows, batch->padded, 0, out, batch->dense_bytes)]++;
    batch->addresses[0] = own;
  } else {
    spoil(batch);
    int32_t status = waip_gather(&batch->rows, batch->padded, 0, out, batch->dense_bytes);
    reached[status]++;
    if (status == WAIP_STATUS_OK) {
      memcpy(before, out, bytes);
    } else {
      CHECK_INT(waip_scatter(out, batch->dense_bytes, batch->padded, &batch->rows), status);
    }
  }
  CHECK(memcmp(before, out, bytes) == 0);
  free(before);
  free(out);
}

static void report(int64_t rounds, const char *seed) {
  printf("bridge_fuzz: %" PRId64 " rounds, seed %s, %d checks; statuses", rounds, seed, checks_run);
  for (int i = 0; i < STATUSES; i++) {
    printf(" %d:%" PRId64, i, reached[i]);
    CHECK(reached[i] > 0);
  }
  printf("; empty batches %" PRId64 ", empty rows %" PRId64 ", exact fits %" PRId64 "\n",
         reached_empty_batch, reached_empty_row, reached_exact_fit);
  CHECK(reached_empty_batch > 0 && reached_empty_row > 0 && reached_exact_fit > 0);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: bridge_fuzz ROUNDS SEED\n");
    return 2;
  }
  int64_t rounds = strtoll(argv[1], NULL, 10);
  state = strtoull(argv[2], NULL, 10) | 1;
  for (int64_t round = 0; round < rounds; round++) {
    struct batch batch;
    draw(&batch);
    int64_t drawn = batch.rows.count;
    check_gather(&batch);
    check_mask(&batch);
    check_scatter(&batch);
    if (drawn > 0 && batch.dense_bytes > 0) {
      check_spoilt(&batch);
    }
    drop(&batch, drawn);
  }
  report(rounds, argv[2]);
  return 0;
}
