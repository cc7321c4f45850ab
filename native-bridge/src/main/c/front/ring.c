#include "ring.h"

#include "shared_memory.h"
#include "waip/rings.h"

/*
 * The scheme of a turn counter in each cell: D. Vyukov, "Bounded MPMC queue", 1024cores.net, 2010; here
 * with the cursors outside the shared memory.
 */
enum {
  /*
   * A push that loses this many races answers "not now". Each lost race is another thread's success, so
   * only a crowd of producers on one cell in one moment gets near it.
   */
  PUSH_TRIES = 1024
};

static unsigned char *cell_of(const struct waip_ring *ring, uint64_t cursor) {
  return ring->cells + (cursor % ring->cell_count) * ring->cell_bytes;
}

static uint64_t writable_turn(const struct waip_ring *ring, uint64_t cursor) {
  return 2 * (cursor / ring->cell_count);
}

static void write_cell(unsigned char *cell, const struct waip_ring *ring, const void *record, uint64_t turn) {
  waip_copy_to_shared(cell + 8, (const unsigned char *)record + 8, ring->cell_bytes - 8);
  waip_store_u64(cell + WAIP_RINGS_CELL_TURN, turn);
}

enum waip_ring_result waip_ring_push(struct waip_producer *producer, const void *record) {
  const struct waip_ring *ring = &producer->ring;
  for (int attempt = 0; attempt < PUSH_TRIES; attempt++) {
    uint64_t cursor = atomic_load_explicit(&producer->cursor, memory_order_acquire);
    unsigned char *cell = cell_of(ring, cursor);
    uint64_t expected = writable_turn(ring, cursor);
    uint64_t turn = waip_load_u64(cell + WAIP_RINGS_CELL_TURN);
    if (turn == expected) {
      if (atomic_compare_exchange_weak_explicit(&producer->cursor, &cursor, cursor + 1, memory_order_acq_rel,
                                                memory_order_relaxed)) {
        write_cell(cell, ring, record, expected + 1);
        return WAIP_RING_OK;
      }
    } else if (atomic_load_explicit(&producer->cursor, memory_order_acquire) == cursor) {
      /* One lap behind: not read yet, or a thread of ours is still writing there. Else nobody's turn. */
      int lap_behind = expected > 0 && (turn == expected - 1 || turn == expected - 2);
      return lap_behind ? WAIP_RING_NOT_NOW : WAIP_RING_BROKEN;
    }
  }
  return WAIP_RING_NOT_NOW;
}

int waip_ring_has_room(const struct waip_producer *producer, uint32_t cells) {
  /* The reader frees cells in their order, so the last of them stands for all. */
  uint64_t last = atomic_load_explicit(&producer->cursor, memory_order_acquire) + cells - 1;
  return waip_load_u64(cell_of(&producer->ring, last) + WAIP_RINGS_CELL_TURN) ==
         writable_turn(&producer->ring, last);
}

int waip_ring_readable(const struct waip_consumer *consumer) {
  const unsigned char *cell = cell_of(&consumer->ring, consumer->cursor);
  return waip_load_u64(cell + WAIP_RINGS_CELL_TURN) != writable_turn(&consumer->ring, consumer->cursor);
}

enum waip_ring_result waip_ring_take(struct waip_consumer *consumer, void *record) {
  const struct waip_ring *ring = &consumer->ring;
  unsigned char *cell = cell_of(ring, consumer->cursor);
  uint64_t writable = writable_turn(ring, consumer->cursor);
  uint64_t turn = waip_load_u64(cell + WAIP_RINGS_CELL_TURN);
  if (turn != writable + 1) {
    return turn == writable ? WAIP_RING_NOT_NOW : WAIP_RING_BROKEN;
  }
  waip_copy_from_shared(record, cell, ring->cell_bytes);
  waip_store_u64(cell + WAIP_RINGS_CELL_TURN, writable + 2);
  consumer->cursor++;
  return WAIP_RING_OK;
}
