#include "planner_side.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static _Atomic uint32_t *word(unsigned char *at) {
  return (_Atomic uint32_t *)(void *)at;
}

static _Atomic uint64_t *turn_of(unsigned char *cell) {
  return (_Atomic uint64_t *)(void *)cell;
}

static uint32_t load(unsigned char *at) {
  return atomic_load(word(at));
}

static void put32(unsigned char *at, uint32_t value) {
  atomic_store_explicit(word(at), value, memory_order_relaxed);
}

static void put64(unsigned char *at, uint64_t value) {
  atomic_store_explicit(turn_of(at), value, memory_order_relaxed);
}

static uint64_t now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool planner_attach(struct planner_side *side, const char *path) {
  memset(side, 0, sizeof *side);
  side->batch = 4;
  side->variants = 2;
  int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    return false;
  }
  void *base = mmap(NULL, WAIP_RINGS_MAPPING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (base == MAP_FAILED) {
    return false;
  }
  side->base = base;
  return load(side->base + WAIP_RINGS_HEADER_MAGIC) == WAIP_RINGS_MAGIC &&
         load(side->base + WAIP_RINGS_HEADER_VERSION) == WAIP_RINGS_VERSION;
}

void planner_detach(struct planner_side *side) {
  munmap(side->base, WAIP_RINGS_MAPPING_BYTES);
}

void planner_beat(struct planner_side *side) {
  atomic_store(turn_of(side->base + WAIP_RINGS_HEADER_HEARTBEAT), now_nanos());
}

void planner_ready(struct planner_side *side, uint32_t version) {
  planner_beat(side);
  atomic_store(word(side->base + WAIP_RINGS_HEADER_PLANNER_VERSION), version);
  atomic_store(word(side->base + WAIP_RINGS_HEADER_READY), 1);
}

bool planner_abandoned(const struct planner_side *side) {
  return load(side->base + WAIP_RINGS_HEADER_ABANDONED) != 0;
}

unsigned char *planner_channel_memory(const struct planner_side *side, uint32_t channel) {
  return side->base + WAIP_RINGS_CHANNELS_OFFSET + (size_t)channel * WAIP_RINGS_CHANNEL_BYTES;
}

static void futex_wake(unsigned char *at) {
  syscall(SYS_futex, at, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

void planner_wake_dispatcher(const struct planner_side *side, uint32_t channel) {
  unsigned char *parked = planner_channel_memory(side, channel) + WAIP_RINGS_CHANNEL_DISPATCHER_PARKED;
  if (atomic_exchange(word(parked), 0) == 1) {
    futex_wake(parked);
  }
}

/* ---- Rings ------------------------------------------------------------------------------------------- */

/* The cell to read, or NULL. */
static unsigned char *readable(unsigned char *ring, uint32_t bytes, uint32_t cells, uint64_t cursor) {
  unsigned char *cell = ring + cursor % cells * bytes;
  return atomic_load_explicit(turn_of(cell), memory_order_acquire) == 2 * (cursor / cells) + 1 ? cell : NULL;
}

static void consumed(unsigned char *cell, uint32_t cells, uint64_t *cursor) {
  atomic_store_explicit(turn_of(cell), 2 * (*cursor / cells) + 2, memory_order_release);
  ++*cursor;
}

unsigned char *planner_next_decision(struct planner_side *side, uint32_t channel) {
  uint64_t cursor = side->channels[channel].decide;
  unsigned char *ring = planner_channel_memory(side, channel) + WAIP_RINGS_DECIDE_OFFSET;
  unsigned char *cell = ring + cursor % WAIP_RINGS_CELLS * WAIP_RINGS_DECIDE_BYTES;
  uint64_t turn = atomic_load_explicit(turn_of(cell), memory_order_acquire);
  return turn == 2 * (cursor / WAIP_RINGS_CELLS) ? cell : NULL;
}

void planner_publish(struct planner_side *side, uint32_t channel) {
  uint64_t *cursor = &side->channels[channel].decide;
  unsigned char *ring = planner_channel_memory(side, channel) + WAIP_RINGS_DECIDE_OFFSET;
  unsigned char *cell = ring + *cursor % WAIP_RINGS_CELLS * WAIP_RINGS_DECIDE_BYTES;
  atomic_store_explicit(turn_of(cell), 2 * (*cursor / WAIP_RINGS_CELLS) + 1, memory_order_release);
  ++*cursor;
}

/* ---- Channels ---------------------------------------------------------------------------------------- */

static void put_text(unsigned char *at, const char *text) {
  uint64_t padded[WAIP_RINGS_NAME_BYTES / 8] = {0};
  memcpy(padded, text, strlen(text));
  for (size_t i = 0; i < WAIP_RINGS_NAME_BYTES / 8; i++) {
    put64(at + 8 * i, padded[i]);
  }
}

void planner_write_table(struct planner_side *side, uint32_t channel) {
  unsigned char *table = planner_channel_memory(side, channel) + WAIP_RINGS_TABLE_OFFSET;
  struct planner_channel *followed = &side->channels[channel];
  atomic_exchange(word(table + WAIP_RINGS_TABLE_VERSION), followed->table_version + 1);
  put32(table + WAIP_RINGS_TABLE_GENERATION, followed->generation);
  put32(table + WAIP_RINGS_TABLE_PLANNED, 1);
  put32(table + WAIP_RINGS_TABLE_VARIANT_COUNT, side->variants);
  put32(table + WAIP_RINGS_TABLE_PADDABLE, 0);
  put32(table + WAIP_RINGS_TABLE_TRIM_COUNT, 0);
  for (uint32_t i = 0; i < side->variants; i++) {
    char name[32];
    snprintf(name, sizeof name, "variant_%u", i);
    put_text(table + WAIP_RINGS_TABLE_VARIANT_MODELS + (size_t)i * WAIP_RINGS_NAME_BYTES, name);
  }
  followed->table_version += 2;
  atomic_store_explicit(word(table + WAIP_RINGS_TABLE_VERSION), followed->table_version, memory_order_release);
}

/* The rule for a new generation: drop what was written under the one before, then write the table. */
static void begin_channel(struct planner_side *side, uint32_t channel, uint32_t generation) {
  struct planner_channel *followed = &side->channels[channel];
  unsigned char *memory = planner_channel_memory(side, channel);
  unsigned char *cell;
  while ((cell = readable(memory + WAIP_RINGS_SUBMIT_OFFSET, WAIP_RINGS_SUBMIT_BYTES, WAIP_RINGS_CELLS,
                          followed->submit)) != NULL) {
    consumed(cell, WAIP_RINGS_CELLS, &followed->submit);
  }
  while ((cell = readable(memory + WAIP_RINGS_COMPLETE_OFFSET, WAIP_RINGS_COMPLETE_BYTES, WAIP_RINGS_CELLS,
                          followed->complete)) != NULL) {
    consumed(cell, WAIP_RINGS_CELLS, &followed->complete);
  }
  followed->generation = generation;
  planner_write_table(side, channel);
  planner_wake_dispatcher(side, channel);
}

int planner_first_channel(const struct planner_side *side) {
  for (int i = 0; i < WAIP_RINGS_CHANNELS; i++) {
    if (side->channels[i].generation != 0) {
      return i;
    }
  }
  return -1;
}

static uint32_t follow(struct planner_side *side, uint32_t channel) {
  unsigned char *memory = planner_channel_memory(side, channel);
  bool open = load(memory + WAIP_RINGS_CHANNEL_STATE) == WAIP_RINGS_CHANNEL_OPEN;
  uint32_t generation = open ? load(memory + WAIP_RINGS_CHANNEL_GENERATION) : 0;
  if (generation == side->channels[channel].generation) {
    return 0;
  }
  if (generation == 0) {
    side->channels[channel].generation = 0;
  } else {
    begin_channel(side, channel, generation);
  }
  return 1;
}

/* ---- Requests ---------------------------------------------------------------------------------------- */

static void fill_decision(const struct planner_side *side, unsigned char *cell, const uint32_t ids[2],
                          uint32_t members) {
  put32(cell + WAIP_RINGS_DECIDE_KIND, side->refuse ? WAIP_RINGS_DECIDE_REFUSED : WAIP_RINGS_DECIDE_DISPATCHED);
  put32(cell + WAIP_RINGS_DECIDE_SLOT, ids[0]);
  put32(cell + WAIP_RINGS_DECIDE_GENERATION, ids[1]);
  put32(cell + WAIP_RINGS_DECIDE_VARIANT, (uint32_t)(side->next_dispatch % side->variants));
  put64(cell + WAIP_RINGS_DECIDE_DISPATCH, side->next_dispatch);
  put32(cell + WAIP_RINGS_DECIDE_MEMBERS, members);
  put32(cell + WAIP_RINGS_DECIDE_PADDED_LENGTH, 1);
  put32(cell + WAIP_RINGS_DECIDE_REASON, 3);
  put32(cell + WAIP_RINGS_DECIDE_OUTCOME, 2);
  put64(cell + WAIP_RINGS_DECIDE_RETRY_AFTER, 7000000u);
  put64(cell + WAIP_RINGS_DECIDE_AT, now_nanos());
}

static void decide(struct planner_side *side, uint32_t channel, uint32_t ids[][2], uint32_t members) {
  side->next_dispatch++;
  for (uint32_t i = 0; i < members; i++) {
    unsigned char *cell = planner_next_decision(side, channel);
    while (cell == NULL && !planner_abandoned(side)) {
      planner_beat(side);
      planner_wake_dispatcher(side, channel);
      cell = planner_next_decision(side, channel);
    }
    if (cell == NULL) {
      return;
    }
    fill_decision(side, cell, ids[i], members);
    planner_publish(side, channel);
  }
  side->decided += members;
}

static uint32_t read_submits(struct planner_side *side, uint32_t channel) {
  unsigned char *ring = planner_channel_memory(side, channel) + WAIP_RINGS_SUBMIT_OFFSET;
  uint64_t *cursor = &side->channels[channel].submit;
  uint32_t ids[64][2];
  uint32_t count = 0;
  unsigned char *cell;
  while (count < side->batch &&
         (cell = readable(ring, WAIP_RINGS_SUBMIT_BYTES, WAIP_RINGS_CELLS, *cursor)) != NULL) {
    ids[count][0] = load(cell + WAIP_RINGS_SUBMIT_SLOT);
    ids[count][1] = load(cell + WAIP_RINGS_SUBMIT_GENERATION);
    count++;
    consumed(cell, WAIP_RINGS_CELLS, cursor);
  }
  if (count > 0 && !side->hold) {
    decide(side, channel, ids, count);
    planner_wake_dispatcher(side, channel);
  }
  return count;
}

static uint32_t read_completions(struct planner_side *side, uint32_t channel) {
  unsigned char *ring = planner_channel_memory(side, channel) + WAIP_RINGS_COMPLETE_OFFSET;
  uint64_t *cursor = &side->channels[channel].complete;
  uint32_t count = 0;
  unsigned char *cell;
  while (count < 64 &&
         (cell = readable(ring, WAIP_RINGS_COMPLETE_BYTES, WAIP_RINGS_CELLS, *cursor)) != NULL) {
    consumed(cell, WAIP_RINGS_CELLS, cursor);
    count++;
  }
  side->completed += count;
  return count;
}

/* Executes by saying so in the message; a slot of as many rows as 13 fails. */
static void execute(struct planner_side *side, uint32_t index) {
  unsigned char *slot = side->base + WAIP_RINGS_ARENA_OFFSET + (size_t)index * WAIP_RINGS_ARENA_SLOT_BYTES;
  put32(slot + WAIP_RINGS_SLOT_STATE, WAIP_RINGS_SLOT_RUNNING);
  put32(slot + WAIP_RINGS_SLOT_STATUS, load(slot + WAIP_RINGS_SLOT_ROWS) == 13);
  put64(slot + WAIP_RINGS_SLOT_EXECUTION, 1000);
  side->executed++;
  atomic_store_explicit(word(slot + WAIP_RINGS_SLOT_STATE), WAIP_RINGS_SLOT_DONE, memory_order_release);
  futex_wake(slot + WAIP_RINGS_SLOT_STATE);
}

static uint32_t read_executions(struct planner_side *side, uint32_t channel) {
  unsigned char *ring = planner_channel_memory(side, channel) + WAIP_RINGS_EXECUTE_OFFSET;
  uint64_t *cursor = &side->channels[channel].execute;
  uint32_t count = 0;
  unsigned char *cell;
  while ((cell = readable(ring, WAIP_RINGS_EXECUTE_BYTES, WAIP_RINGS_EXECUTE_CELLS, *cursor)) != NULL) {
    uint32_t index = load(cell + WAIP_RINGS_EXECUTE_SLOT);
    consumed(cell, WAIP_RINGS_EXECUTE_CELLS, cursor);
    if (index < WAIP_RINGS_ARENA_SLOTS && !side->hold) {
      execute(side, index);
    }
    count++;
  }
  return count;
}

uint32_t planner_duty(struct planner_side *side) {
  planner_beat(side);
  uint32_t work = 0;
  for (uint32_t i = 0; i < WAIP_RINGS_CHANNELS; i++) {
    work += follow(side, i);
    if (side->channels[i].generation != 0) {
      work += read_submits(side, i) + read_completions(side, i) + read_executions(side, i);
    }
  }
  return work;
}

void planner_rest(struct planner_side *side) {
  unsigned char *parked = side->base + WAIP_RINGS_HEADER_PLANNER_PARKED;
  atomic_exchange(word(parked), 1);
  if (planner_duty(side) == 0) {
    struct timespec timeout = {0, 10000000};
    syscall(SYS_futex, parked, FUTEX_WAIT, 1, &timeout, NULL, 0);
  }
  atomic_exchange(word(parked), 0);
}
