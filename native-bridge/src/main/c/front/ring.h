/*
 * Rings of cells in shared memory (rings.h). The turn in each cell says whether it may be written or read;
 * the cursors stay private to this process, so nothing the other side writes can move them. No call waits:
 * a full, empty or broken ring is an answer, found in a bounded number of steps.
 */
#ifndef WAIP_FRONT_RING_H
#define WAIP_FRONT_RING_H

#include <stdatomic.h>
#include <stdint.h>

enum waip_ring_result {
  WAIP_RING_OK,
  /* Full when pushing, empty when taking, or too many other threads were faster. */
  WAIP_RING_NOT_NOW,
  /* The turn is one that the protocol cannot give: the other side broke the ring. */
  WAIP_RING_BROKEN
};

/* Where the cells lie. `cells` is aligned to 8 bytes, `cell_bytes` a multiple of 8 and at most 128. */
struct waip_ring {
  unsigned char *cells;
  uint32_t cell_bytes;
  uint32_t cell_count;
};

enum { WAIP_RING_CELL_BYTES_MAX = 128 };

/* The writing end; any number of threads of this process. */
struct waip_producer {
  struct waip_ring ring;
  _Atomic uint64_t cursor;
};

/* The reading end; one thread at a time. */
struct waip_consumer {
  struct waip_ring ring;
  uint64_t cursor;
};

/*
 * Publishes a record of cell_bytes bytes, aligned to 8; its first 8 bytes are not looked at. Allocates
 * nothing, lock-free.
 */
enum waip_ring_result waip_ring_push(struct waip_producer *producer, const void *record);

/* Whether `cells` more records can be pushed, as the reader left it a moment ago. [1, cell_count] */
int waip_ring_has_room(const struct waip_producer *producer, uint32_t cells);

/* Copies the next record to private memory (cell_bytes bytes, aligned to 8) and frees its cell. */
enum waip_ring_result waip_ring_take(struct waip_consumer *consumer, void *record);

/* Whether waip_ring_take would find a record or a broken ring. */
int waip_ring_readable(const struct waip_consumer *consumer);

#endif
