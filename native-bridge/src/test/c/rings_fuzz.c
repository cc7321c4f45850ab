/*
 * Mutated records, turns, tables and control pages: rings_fuzz ROUNDS SEED. Each round breaks one thing in
 * memory that holds exactly what the seat may touch. A call must return, and what it hands on must be
 * valid. Fails where an answer was never reached.
 */
#include <stdalign.h>
#include <string.h>
#include <unistd.h>

#include "control.h"
#include "decisions.h"
#include "fuzz_noise.h"
#include "shared_memory.h"
#include "table.h"
#include "testing.h"

enum { CELLS = 8, ANSWERS = 4 };

static int64_t reached_rings[ANSWERS];
static int64_t reached_decisions[ANSWERS];
static int64_t reached_tables[ANSWERS];
static int64_t reached_bypass[2];

/* ---- Turns -------------------------------------------------------------------------------------------- */

static unsigned char *aligned_bytes(size_t bytes) {
  unsigned char *block = aligned_alloc(64, bytes);
  CHECK(block != NULL);
  memset(block, 0, bytes);
  return block;
}

static void spoil_turn(unsigned char *cell) {
  uint64_t turn = waip_load_u64(cell);
  const uint64_t odd_turns[] = {turn + 1, turn + 2, turn - 1, turn - 2, 0, UINT64_MAX, noise_bits()};
  waip_store_u64(cell, odd_turns[noise_below(COUNT_OF(odd_turns))]);
}

/* A ring used for some laps, then with a turn changed: it may refuse, and must neither wait nor go astray. */
static void fuzz_turns(void) {
  unsigned char *cells = aligned_bytes(CELLS * 64);
  struct waip_producer producer = {.ring = {cells, 64, CELLS}};
  struct waip_consumer consumer = {.ring = {cells, 64, CELLS}};
  uint64_t record[8] = {0};
  enum waip_ring_result result = WAIP_RING_OK;
  for (uint64_t i = noise_below(64); i > 0 && result != WAIP_RING_BROKEN; i--) {
    if (noise_below(32) == 0) {
      spoil_turn(cells + 64 * noise_below(CELLS));
    }
    uint64_t cursor = consumer.cursor;
    bool push = noise_below(2) == 0;
    result = push ? waip_ring_push(&producer, record) : waip_ring_take(&consumer, record);
    CHECK_INT(consumer.cursor, cursor + (!push && result == WAIP_RING_OK));
    reached_rings[result]++;
  }
  free(cells);
}

/* ---- Decisions ---------------------------------------------------------------------------------------- */

static void put_decision(uint64_t *cell, const uint32_t values[5]) {
  waip_put_u32(cell, WAIP_RINGS_DECIDE_KIND, values[0]);
  waip_put_u32(cell, WAIP_RINGS_DECIDE_VARIANT, values[1]);
  waip_put_u32(cell, WAIP_RINGS_DECIDE_MEMBERS, values[2]);
  waip_put_u32(cell, WAIP_RINGS_DECIDE_PADDED_LENGTH, values[3]);
  waip_put_u64(cell, WAIP_RINGS_DECIDE_DISPATCH, values[4]);
}

static void check_handed_on(const struct waip_decisions *decisions, const struct waip_service_table *table) {
  CHECK(decisions->count >= 1 && decisions->count <= WAIP_RINGS_CELLS);
  for (uint32_t i = 0; i < decisions->count; i++) {
    const struct waip_decision *member = &decisions->members[i];
    CHECK(member->kind == WAIP_RINGS_DECIDE_DISPATCHED || member->kind == WAIP_RINGS_DECIDE_REFUSED);
    CHECK(member->variant < table->variant_count && member->padded_length >= 1);
    CHECK(member->dispatch == decisions->members[0].dispatch && member->kind == decisions->members[0].kind);
  }
}

/* Dispatches of one to three members, now and then with one bit, one word or all of a record changed. */
static void fuzz_decisions(void) {
  static struct waip_decisions decisions;
  unsigned char *cells = aligned_bytes(CELLS * WAIP_RINGS_DECIDE_BYTES);
  struct waip_producer producer = {.ring = {cells, WAIP_RINGS_DECIDE_BYTES, CELLS}};
  struct waip_consumer consumer = {.ring = {cells, WAIP_RINGS_DECIDE_BYTES, CELLS}};
  struct waip_service_table table = {.variant_count = 1 + (uint32_t)noise_below(WAIP_RINGS_VARIANTS)};
  waip_decisions_reset(&decisions);
  uint32_t members = 1 + (uint32_t)noise_below(3);
  const uint32_t values[5] = {1 + (noise_below(8) == 0), 0, members, 1, 7};
  for (uint32_t i = 0; i < 2 * members; i++) {
    uint64_t cell[WAIP_RINGS_DECIDE_BYTES / 8] = {0};
    put_decision(cell, values);
    if (noise_below(4) == 0) {
      noise_spoil(cell, sizeof cell);
    }
    CHECK_INT(waip_ring_push(&producer, cell), WAIP_RING_OK);
    if (noise_below(32) == 0) {
      spoil_turn(cells + (size_t)i % CELLS * WAIP_RINGS_DECIDE_BYTES);
    }
    enum waip_decisions_result result = waip_decisions_take(&decisions, &consumer, &table, 0);
    reached_decisions[result]++;
    if (result == WAIP_DECISIONS_READY) {
      check_handed_on(&decisions, &table);
    } else if (result != WAIP_DECISIONS_PARTIAL) {
      break;
    }
  }
  free(cells);
}

/* ---- Tables -------------------------------------------------------------------------------------------- */

static void put(unsigned char *table, uint32_t offset, uint32_t value) {
  memcpy(table + offset, &value, sizeof value);
}

static void fill_table(unsigned char *table) {
  put(table, WAIP_RINGS_TABLE_VERSION, 2);
  put(table, WAIP_RINGS_TABLE_GENERATION, 1);
  put(table, WAIP_RINGS_TABLE_PLANNED, (uint32_t)noise_below(2));
  put(table, WAIP_RINGS_TABLE_VARIANT_COUNT, 1 + (uint32_t)noise_below(WAIP_RINGS_VARIANTS));
  put(table, WAIP_RINGS_TABLE_TRIM_COUNT, (uint32_t)noise_below(WAIP_RINGS_TRIMS + 1));
  for (uint32_t i = 0; i < WAIP_RINGS_VARIANTS; i++) {
    size_t bytes = 1 + noise_below(WAIP_RINGS_NAME_BYTES - 1);
    memset(table + WAIP_RINGS_TABLE_VARIANT_MODELS + i * WAIP_RINGS_NAME_BYTES, 'a' + (int)i, bytes);
  }
}

static void check_text(const char *text) {
  CHECK(memchr(text, 0, WAIP_RINGS_NAME_BYTES) != NULL);
}

static void check_table(const struct waip_service_table *table) {
  CHECK(table->variant_count >= 1 && table->variant_count <= WAIP_RINGS_VARIANTS);
  CHECK(table->trim_count <= WAIP_RINGS_TRIMS && table->length_axis < WAIP_RINGS_DIMS);
  check_text(table->length_input);
  check_text(table->mask_input);
  for (uint32_t i = 0; i < WAIP_RINGS_TRIMS; i++) {
    check_text(table->trim_outputs[i]);
  }
  for (uint32_t i = 0; i < WAIP_RINGS_VARIANTS; i++) {
    check_text(table->variants[i]);
    CHECK((table->variants[i][0] != 0) == (i < table->variant_count));
  }
}

static void fuzz_tables(void) {
  static struct waip_table_store store;
  unsigned char *channel = aligned_bytes(WAIP_RINGS_TABLE_OFFSET + WAIP_RINGS_TABLE_BYTES);
  unsigned char *table = channel + WAIP_RINGS_TABLE_OFFSET;
  fill_table(table);
  for (uint64_t i = noise_below(4); i > 0; i--) {
    bool head = noise_below(2) == 0;
    noise_spoil(table, head ? 64 : WAIP_RINGS_TABLE_BYTES);
  }
  const struct waip_service_table *read = NULL;
  enum waip_table_result result = waip_table_read(&store, channel, 1, &read);
  reached_tables[result]++;
  if (result == WAIP_TABLE_NEW) {
    check_table(read);
  }
  waip_table_store_clear(&store);
  store.version = 0;
  free(channel);
}

/* ---- Control pages ------------------------------------------------------------------------------------- */

static struct waip_control control;

/* Anything at all in the file, of any size: this process reads one byte, and restores the rest. */
static void fuzz_control(void) {
  unsigned char page[WAIP_RINGS_CONTROL_BYTES];
  for (size_t i = 0; i < sizeof page; i++) {
    page[i] = (unsigned char)noise_bits();
  }
  if (noise_below(2) == 0) {
    page[WAIP_RINGS_CONTROL_BYPASS] = 0;
  }
  size_t bytes = noise_below(3) == 0 ? noise_below(64) : noise_below(2 * sizeof page);
  CHECK_INT(pwrite(control.fd, page, sizeof page, 0), sizeof page);
  CHECK_INT(ftruncate(control.fd, (off_t)bytes), 0);
  bool before = atomic_load(&control.bypass);
  waip_control_read_bypass(&control);
  bool expected = bytes > WAIP_RINGS_CONTROL_BYPASS ? page[WAIP_RINGS_CONTROL_BYPASS] != 0 : before;
  CHECK_INT(atomic_load(&control.bypass), expected);
  reached_bypass[expected]++;
  control.epoch++;
  waip_control_publish(&control);
  uint64_t epoch = 0;
  CHECK_INT(pread(control.fd, &epoch, sizeof epoch, WAIP_RINGS_CONTROL_EPOCH), sizeof epoch);
  CHECK_INT(epoch, control.epoch);
}

/* ---- Loop ------------------------------------------------------------------------------------------------ */

static void check_reached(const char *name, const int64_t *reached, int answers) {
  printf("; %s", name);
  for (int i = 0; i < answers; i++) {
    printf(" %d:%" PRId64, i, reached[i]);
    CHECK(reached[i] > 0);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: rings_fuzz ROUNDS SEED\n");
    return 2;
  }
  int64_t rounds = strtoll(argv[1], NULL, 10);
  noise_seed(strtoull(argv[2], NULL, 10));
  char folder[] = "waip-fuzz-XXXXXX";
  char error[256];
  CHECK(mkdtemp(folder) != NULL);
  CHECK(waip_control_open(&control, folder, error, sizeof error));
  for (int64_t round = 0; round < rounds; round++) {
    fuzz_turns();
    fuzz_decisions();
    fuzz_tables();
    fuzz_control();
  }
  waip_control_close(&control);
  printf("rings_fuzz: %" PRId64 " rounds, seed %s", rounds, argv[2]);
  check_reached("rings", reached_rings, 3);
  check_reached("decisions", reached_decisions, ANSWERS);
  check_reached("tables", reached_tables, ANSWERS);
  check_reached("bypass", reached_bypass, 2);
  printf("; %d checks\n", checks_run);
  return 0;
}
