/* Rings that are wrong in one way each, every thousandth time: FAULT is drop, duplicate, tear, race or sleep. */
#undef waip_unpark
#include <sched.h>
#include <stdbool.h>

#define waip_ring_push sound_push
#include "ring.c"
#undef waip_ring_push

#include "futex.h"

enum fault { drop, duplicate, tear, race, oversleep };

static _Atomic uint64_t pushes;

/* Publishes before the record is whole. */
static enum waip_ring_result torn_push(struct waip_producer *producer, const void *record) {
  uint64_t cursor = atomic_load(&producer->cursor);
  unsigned char *cell = cell_of(&producer->ring, cursor);
  uint64_t turn = writable_turn(&producer->ring, cursor);
  if (waip_load_u64(cell) != turn ||
      !atomic_compare_exchange_strong(&producer->cursor, &cursor, cursor + 1)) {
    return WAIP_RING_NOT_NOW;
  }
  waip_store_u64(cell, turn + 1);
  sched_yield();
  waip_copy_to_shared(cell + 8, (const unsigned char *)record + 8, producer->ring.cell_bytes - 8);
  return WAIP_RING_OK;
}

/* Takes the cell without claiming it. */
static enum waip_ring_result racing_push(struct waip_producer *producer, const void *record) {
  uint64_t cursor = atomic_load(&producer->cursor);
  unsigned char *cell = cell_of(&producer->ring, cursor);
  uint64_t turn = writable_turn(&producer->ring, cursor);
  if (waip_load_u64(cell) != turn) {
    return WAIP_RING_NOT_NOW;
  }
  sched_yield();
  atomic_store(&producer->cursor, cursor + 1);
  write_cell(cell, &producer->ring, record, turn + 1);
  return WAIP_RING_OK;
}

enum waip_ring_result waip_ring_push(struct waip_producer *producer, const void *record) {
  bool now = atomic_fetch_add(&pushes, 1) % 1000 == 999;
  switch (now ? FAULT : oversleep) {
    case drop:
      return WAIP_RING_OK;
    case duplicate:
      return sound_push(producer, record) == WAIP_RING_OK ? sound_push(producer, record) : WAIP_RING_NOT_NOW;
    case tear:
      return torn_push(producer, record);
    case race:
      return racing_push(producer, record);
    default:
      return sound_push(producer, record);
  }
}

/* The waking side, in the ring that oversleeps: looks at the word without taking it. */
void faulty_unpark(void *word);

void faulty_unpark(void *word) {
  if (FAULT != oversleep) {
    waip_unpark(word);
  }
}
