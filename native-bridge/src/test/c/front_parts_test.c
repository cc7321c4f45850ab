/* The parts of the seat one by one: mapping, control page, service table, decisions, futex. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "control.h"
#include "decisions.h"
#include "futex.h"
#include "mapping.h"
#include "shared_memory.h"
#include "table.h"
#include "testing.h"

/* ---- Rings ------------------------------------------------------------------------------------------- */

static alignas(64) unsigned char cells[4 * 64];

static void ring_is_full_then_empty(void) {
  memset(cells, 0, sizeof cells);
  struct waip_producer producer = {.ring = {cells, 64, 4}};
  struct waip_consumer consumer = {.ring = {cells, 64, 4}};
  uint64_t record[8] = {0};
  CHECK_INT(waip_ring_take(&consumer, record), WAIP_RING_NOT_NOW);
  for (uint64_t lap = 0; lap < 3; lap++) {
    for (uint64_t i = 0; i < 4; i++) {
      record[1] = lap * 4 + i;
      CHECK_INT(waip_ring_push(&producer, record), WAIP_RING_OK);
    }
    CHECK_INT(waip_ring_push(&producer, record), WAIP_RING_NOT_NOW);
    for (uint64_t i = 0; i < 4; i++) {
      CHECK(waip_ring_readable(&consumer));
      CHECK_INT(waip_ring_take(&consumer, record), WAIP_RING_OK);
      CHECK_INT(record[1], lap * 4 + i);
    }
    CHECK_INT(waip_ring_take(&consumer, record), WAIP_RING_NOT_NOW);
    CHECK(!waip_ring_readable(&consumer));
  }
}

static void ring_tells_its_room(void) {
  memset(cells, 0, sizeof cells);
  uint64_t record[8] = {0};
  struct waip_producer producer = {.ring = {cells, 64, 4}};
  struct waip_consumer consumer = {.ring = {cells, 64, 4}};
  for (int lap = 0; lap < 3; lap++) {
    CHECK(waip_ring_has_room(&producer, 4));
    CHECK_INT(waip_ring_push(&producer, record), WAIP_RING_OK);
    CHECK_INT(waip_ring_push(&producer, record), WAIP_RING_OK);
    CHECK(waip_ring_has_room(&producer, 2));
    CHECK(!waip_ring_has_room(&producer, 3));
    CHECK_INT(waip_ring_take(&consumer, record), WAIP_RING_OK);
    CHECK(waip_ring_has_room(&producer, 3));
    CHECK_INT(waip_ring_take(&consumer, record), WAIP_RING_OK);
  }
}

static void ring_names_impossible_turns(void) {
  const uint64_t turns[] = {2, 3, 4, UINT64_MAX, UINT64_MAX - 1, (uint64_t)1 << 63};
  uint64_t record[8] = {0};
  for (size_t i = 0; i < COUNT_OF(turns); i++) {
    memset(cells, 0, sizeof cells);
    struct waip_producer producer = {.ring = {cells, 64, 4}};
    struct waip_consumer consumer = {.ring = {cells, 64, 4}};
    memcpy(cells, &turns[i], sizeof turns[i]);
    CHECK_INT(waip_ring_push(&producer, record), WAIP_RING_BROKEN);
    CHECK(waip_ring_readable(&consumer));
    CHECK_INT(waip_ring_take(&consumer, record), WAIP_RING_BROKEN);
  }
}

/* ---- Futex ------------------------------------------------------------------------------------------- */

static void parked_word_keeps_a_wake_that_came_early(void) {
  static uint32_t word;
  waip_park(&word);
  CHECK_INT(word, 1);
  waip_unpark(&word);
  uint64_t start = waip_now();
  waip_park_wait(&word, 5000000000u);
  CHECK(waip_now() - start < 5000000000u);
  CHECK_INT(word, 0);
}

static void parked_word_ends_at_its_time(void) {
  static uint32_t word;
  waip_park(&word);
  uint64_t start = waip_now();
  waip_park_wait(&word, 20000000u);
  CHECK(waip_now() - start >= 19000000u);
  CHECK_INT(word, 0);
}

/* ---- Mapping ----------------------------------------------------------------------------------------- */

static void mapping_has_a_fixed_size(void) {
  struct waip_mapping *mapping = waip_mapping_create(7);
  CHECK(mapping != NULL);
  CHECK_INT(waip_load_u32(mapping->base + WAIP_RINGS_HEADER_MAGIC), WAIP_RINGS_MAGIC);
  CHECK_INT(waip_load_u32(mapping->base + WAIP_RINGS_HEADER_VERSION), WAIP_RINGS_VERSION);
  CHECK_INT(waip_load_u64(mapping->base + WAIP_RINGS_HEADER_EPOCH), 7);
  CHECK_INT(waip_load_u64(mapping->base + WAIP_RINGS_HEADER_TOTAL_BYTES), WAIP_RINGS_MAPPING_BYTES);
  CHECK_INT(ftruncate(mapping->fd, 4096), -1);
  CHECK_INT(errno, EPERM);
  CHECK_INT(ftruncate(mapping->fd, (off_t)WAIP_RINGS_MAPPING_BYTES + 4096), -1);
  CHECK_INT(fcntl(mapping->fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
  CHECK_INT(fcntl(mapping->fd, F_GETFD), FD_CLOEXEC);
  waip_mapping_release(mapping);
}

static void mapping_lives_while_it_is_used(void) {
  struct waip_mapping *mapping = waip_mapping_create(1);
  unsigned char *base = mapping->base;
  waip_mapping_retain(mapping);
  waip_mapping_abandon(mapping);
  waip_mapping_release(mapping);
  CHECK_INT(waip_load_u32(base + WAIP_RINGS_HEADER_ABANDONED), 1);
  CHECK(!waip_mapping_serves(mapping));
  int fd = mapping->fd;
  waip_mapping_release(mapping);
  CHECK_INT(fcntl(fd, F_GETFD), -1);
  CHECK_INT(msync(base, 4096, MS_ASYNC), -1);
}

/* ---- Control page ------------------------------------------------------------------------------------ */

/* A process id that was this machine's and is not any more. */
static long dead_pid(void) {
  pid_t pid = fork();
  if (pid == 0) {
    _exit(0);
  }
  CHECK_INT(waitpid(pid, NULL, 0), pid);
  return (long)pid;
}

static int make_server_folder(const char *parent, long pid, char *path, size_t bytes) {
  snprintf(path, bytes, "%s/waip-%ld", parent, pid);
  CHECK_INT(mkdir(path, 0700), 0);
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int page = openat(folder, "control", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  CHECK(folder >= 0 && page >= 0);
  close(folder);
  return page;
}

static void sweep_removes_what_dead_servers_left(void) {
  char parent[] = "waip-sweep-XXXXXX";
  char dead[128];
  char held[128];
  char living[128];
  CHECK(mkdtemp(parent) != NULL);
  close(make_server_folder(parent, dead_pid(), dead, sizeof dead));
  /* Its id means nothing here, and its lock says it lives: a server in another container. */
  int lock = make_server_folder(parent, dead_pid(), held, sizeof held);
  CHECK_INT(flock(lock, LOCK_EX | LOCK_NB), 0);
  close(make_server_folder(parent, (long)getpid(), living, sizeof living));
  CHECK_INT(waip_control_sweep(parent), 1);
  CHECK(access(dead, F_OK) != 0);
  CHECK(access(held, F_OK) == 0 && access(living, F_OK) == 0);
  close(lock);
  CHECK_INT(waip_control_sweep(parent), 1);
  char page[160];
  snprintf(page, sizeof page, "%s/control", living);
  unlink(page);
  rmdir(living);
  CHECK_INT(rmdir(parent), 0);
}

static void control_page_reads_one_byte_and_writes_the_rest(void) {
  char folder[] = "waip-control-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  static struct waip_control control;
  char error[256];
  CHECK(waip_control_open(&control, folder, error, sizeof error));
  struct stat status;
  CHECK(fstat(control.fd, &status) == 0 && (status.st_mode & 0777) == 0600);
  CHECK(stat(folder, &status) == 0 && (status.st_mode & 0777) == 0700);
  unsigned char byte = 2;
  CHECK_INT(pwrite(control.fd, &byte, 1, WAIP_RINGS_CONTROL_BYPASS), 1);
  control.epoch = 9;
  waip_control_publish(&control);
  waip_control_read_bypass(&control);
  CHECK(atomic_load(&control.bypass));
  uint64_t epoch;
  CHECK_INT(pread(control.fd, &epoch, 8, WAIP_RINGS_CONTROL_EPOCH), 8);
  CHECK_INT(epoch, 9);
  /* Cut off, the byte says nothing: the last value holds. */
  CHECK_INT(ftruncate(control.fd, 3), 0);
  waip_control_read_bypass(&control);
  CHECK(atomic_load(&control.bypass));
  waip_control_publish(&control);
  CHECK_INT(pread(control.fd, &epoch, 8, WAIP_RINGS_CONTROL_EPOCH), 8);
  CHECK_INT(epoch, 9);
  waip_control_read_bypass(&control);
  CHECK(!atomic_load(&control.bypass));
  waip_control_close(&control);
  CHECK(access(folder, F_OK) != 0);
}

/* ---- Service table ------------------------------------------------------------------------------------ */

static alignas(64) unsigned char channel[WAIP_RINGS_TABLE_OFFSET + WAIP_RINGS_TABLE_BYTES];
static unsigned char *const table_memory = channel + WAIP_RINGS_TABLE_OFFSET;
static struct waip_table_store store;

static void set(uint32_t offset, uint32_t value) {
  waip_store_u32(table_memory + offset, value);
}

/* A valid table of two variants, as version 2 for generation 5. */
static void write_valid_table(void) {
  memset(channel, 0, sizeof channel);
  waip_table_store_clear(&store);
  memset(&store, 0, sizeof store);
  set(WAIP_RINGS_TABLE_GENERATION, 5);
  set(WAIP_RINGS_TABLE_PLANNED, 1);
  set(WAIP_RINGS_TABLE_VARIANT_COUNT, 2);
  set(WAIP_RINGS_TABLE_PADDABLE, 1);
  set(WAIP_RINGS_TABLE_LENGTH_AXIS, 1);
  set(WAIP_RINGS_TABLE_TRIM_COUNT, 1);
  memcpy(table_memory + WAIP_RINGS_TABLE_LENGTH_INPUT, "input_ids", 10);
  memcpy(table_memory + WAIP_RINGS_TABLE_TRIM_OUTPUTS, "hidden", 7);
  memcpy(table_memory + WAIP_RINGS_TABLE_VARIANT_MODELS, "first", 6);
  memcpy(table_memory + WAIP_RINGS_TABLE_VARIANT_MODELS + WAIP_RINGS_NAME_BYTES, "second", 7);
  set(WAIP_RINGS_TABLE_VERSION, 2);
}

static enum waip_table_result read_table(const struct waip_service_table **table) {
  return waip_table_read(&store, channel, 5, table);
}

static void table_is_copied_whole(void) {
  const struct waip_service_table *table = NULL;
  write_valid_table();
  CHECK_INT(read_table(&table), WAIP_TABLE_NEW);
  CHECK(table->planned && table->paddable && table->variant_count == 2 && table->length_axis == 1);
  CHECK(strcmp(table->length_input, "input_ids") == 0 && strcmp(table->trim_outputs[0], "hidden") == 0);
  CHECK(strcmp(table->variants[0], "first") == 0 && strcmp(table->variants[1], "second") == 0);
  CHECK_INT(read_table(&table), WAIP_TABLE_UNCHANGED);
}

static void equal_tables_are_one(void) {
  const struct waip_service_table *first = NULL;
  const struct waip_service_table *second = NULL;
  const struct waip_service_table *third = NULL;
  write_valid_table();
  CHECK_INT(read_table(&first), WAIP_TABLE_NEW);
  set(WAIP_RINGS_TABLE_PLANNED, 0);
  set(WAIP_RINGS_TABLE_VERSION, 4);
  CHECK_INT(read_table(&second), WAIP_TABLE_NEW);
  set(WAIP_RINGS_TABLE_PLANNED, 1);
  set(WAIP_RINGS_TABLE_VERSION, 6);
  CHECK_INT(read_table(&third), WAIP_TABLE_NEW);
  CHECK(first == third && first != second && first->planned && !second->planned);
}

static void unfinished_tables_are_left_alone(void) {
  const struct waip_service_table *table = NULL;
  write_valid_table();
  set(WAIP_RINGS_TABLE_VERSION, 3);
  CHECK_INT(read_table(&table), WAIP_TABLE_UNCHANGED);
  set(WAIP_RINGS_TABLE_VERSION, 0);
  CHECK_INT(read_table(&table), WAIP_TABLE_UNCHANGED);
  set(WAIP_RINGS_TABLE_VERSION, 4);
  CHECK_INT(waip_table_read(&store, channel, 4, &table), WAIP_TABLE_FOREIGN);
  /* The same version, looked at by the generation it is for. */
  CHECK_INT(read_table(&table), WAIP_TABLE_NEW);
}

static void broken_tables_are_named(void) {
  const struct {
    uint32_t offset;
    uint32_t value;
  } faults[] = {{WAIP_RINGS_TABLE_PLANNED, 2},        {WAIP_RINGS_TABLE_VARIANT_COUNT, 0},
                {WAIP_RINGS_TABLE_VARIANT_COUNT, 17}, {WAIP_RINGS_TABLE_VARIANT_COUNT, UINT32_MAX},
                {WAIP_RINGS_TABLE_VARIANT_COUNT, 3},  {WAIP_RINGS_TABLE_PADDABLE, 7},
                {WAIP_RINGS_TABLE_LENGTH_AXIS, 8},    {WAIP_RINGS_TABLE_TRIM_COUNT, 9}};
  const uint32_t texts[] = {WAIP_RINGS_TABLE_LENGTH_INPUT, WAIP_RINGS_TABLE_MASK_INPUT,
                            WAIP_RINGS_TABLE_TRIM_OUTPUTS, WAIP_RINGS_TABLE_VARIANT_MODELS};
  const struct waip_service_table *table = NULL;
  for (size_t i = 0; i < COUNT_OF(faults); i++) {
    write_valid_table();
    set(faults[i].offset, faults[i].value);
    CHECK_INT(read_table(&table), WAIP_TABLE_BROKEN);
  }
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    write_valid_table();
    memset(table_memory + texts[i], 'x', WAIP_RINGS_NAME_BYTES);
    CHECK_INT(read_table(&table), WAIP_TABLE_BROKEN);
  }
}

static void too_many_different_tables_are_refused(void) {
  const struct waip_service_table *table = NULL;
  write_valid_table();
  for (uint32_t i = 0; i < WAIP_TABLES_MAX; i++) {
    set(WAIP_RINGS_TABLE_PAD_VALUE, i);
    set(WAIP_RINGS_TABLE_VERSION, 2 * i + 2);
    CHECK_INT(read_table(&table), WAIP_TABLE_NEW);
  }
  set(WAIP_RINGS_TABLE_PAD_VALUE, WAIP_TABLES_MAX);
  set(WAIP_RINGS_TABLE_VERSION, 2 * WAIP_TABLES_MAX + 2);
  CHECK_INT(read_table(&table), WAIP_TABLE_BROKEN);
  waip_table_store_clear(&store);
}

/* ---- Decisions ---------------------------------------------------------------------------------------- */

static alignas(64) unsigned char decide_cells[64 * WAIP_RINGS_DECIDE_BYTES];
static struct waip_producer decide_producer;
static struct waip_consumer decide_consumer;
static struct waip_decisions decisions;
static const struct waip_service_table two_variants = {.variant_count = 2};

struct fields {
  uint32_t kind;
  uint32_t variant;
  uint32_t members;
  uint32_t padded_length;
  uint64_t dispatch;
};

static void begin_decisions(void) {
  memset(decide_cells, 0, sizeof decide_cells);
  memset(&decisions, 0, sizeof decisions);
  decide_producer = (struct waip_producer){.ring = {decide_cells, WAIP_RINGS_DECIDE_BYTES, 64}};
  decide_consumer = (struct waip_consumer){.ring = {decide_cells, WAIP_RINGS_DECIDE_BYTES, 64}};
}

static enum waip_decisions_result decide(struct fields fields) {
  uint64_t cell[WAIP_RINGS_DECIDE_BYTES / 8] = {0};
  waip_put_u32(cell, WAIP_RINGS_DECIDE_KIND, fields.kind);
  waip_put_u32(cell, WAIP_RINGS_DECIDE_VARIANT, fields.variant);
  waip_put_u32(cell, WAIP_RINGS_DECIDE_MEMBERS, fields.members);
  waip_put_u32(cell, WAIP_RINGS_DECIDE_PADDED_LENGTH, fields.padded_length);
  waip_put_u64(cell, WAIP_RINGS_DECIDE_DISPATCH, fields.dispatch);
  CHECK_INT(waip_ring_push(&decide_producer, cell), WAIP_RING_OK);
  return waip_decisions_take(&decisions, &decide_consumer, &two_variants, 1000);
}

static void members_of_a_dispatch_come_together(void) {
  const struct fields member = {WAIP_RINGS_DECIDE_DISPATCHED, 1, 3, 16, 99};
  begin_decisions();
  CHECK_INT(decide(member), WAIP_DECISIONS_PARTIAL);
  CHECK(!waip_decisions_overdue(&decisions, 1000));
  CHECK(waip_decisions_overdue(&decisions, 1000000001001u));
  CHECK_INT(decide(member), WAIP_DECISIONS_PARTIAL);
  CHECK_INT(decide(member), WAIP_DECISIONS_READY);
  CHECK_INT(decisions.count, 3);
  CHECK(decisions.members[2].dispatch == 99 && decisions.members[2].padded_length == 16);
  CHECK(!waip_decisions_overdue(&decisions, UINT64_MAX));
  CHECK_INT(waip_decisions_take(&decisions, &decide_consumer, &two_variants, 1000), WAIP_DECISIONS_NONE);
}

static void refusals_come_alone(void) {
  begin_decisions();
  CHECK_INT(decide((struct fields){WAIP_RINGS_DECIDE_REFUSED, 77, 0, 0, 0}), WAIP_DECISIONS_READY);
  CHECK_INT(decisions.count, 1);
  CHECK_INT(decisions.members[0].variant, 0);
}

static void broken_decisions_are_named(void) {
  const struct fields faults[] = {{0, 0, 1, 1, 0}, {3, 0, 1, 1, 0}, {1, 2, 1, 1, 0}, {1, UINT32_MAX, 1, 1, 0},
                                  {1, 0, 0, 1, 0}, {1, 0, 4097, 1, 0}, {1, 0, 1, 0, 0}};
  for (size_t i = 0; i < COUNT_OF(faults); i++) {
    begin_decisions();
    CHECK_INT(decide(faults[i]), WAIP_DECISIONS_BROKEN);
  }
  const struct fields others[] = {{1, 1, 2, 1, 5}, {1, 0, 3, 1, 5}, {1, 0, 2, 2, 5}, {1, 0, 2, 1, 6}, {2, 0, 2, 1, 5}};
  for (size_t i = 0; i < COUNT_OF(others); i++) {
    begin_decisions();
    CHECK_INT(decide((struct fields){1, 0, 2, 1, 5}), WAIP_DECISIONS_PARTIAL);
    CHECK_INT(decide(others[i]), WAIP_DECISIONS_BROKEN);
  }
}

int main(void) {
  ring_is_full_then_empty();
  ring_tells_its_room();
  ring_names_impossible_turns();
  parked_word_keeps_a_wake_that_came_early();
  parked_word_ends_at_its_time();
  mapping_has_a_fixed_size();
  mapping_lives_while_it_is_used();
  sweep_removes_what_dead_servers_left();
  control_page_reads_one_byte_and_writes_the_rest();
  table_is_copied_whole();
  equal_tables_are_one();
  unfinished_tables_are_left_alone();
  broken_tables_are_named();
  too_many_different_tables_are_refused();
  members_of_a_dispatch_come_together();
  refusals_come_alone();
  broken_decisions_are_named();
  printf("front_parts_test: %d checks\n", checks_run);
  return 0;
}
