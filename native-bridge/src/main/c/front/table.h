/* The service table of a channel: read under its seqlock, copied, checked, and kept until the channel ends. */
#ifndef WAIP_FRONT_TABLE_H
#define WAIP_FRONT_TABLE_H

#include "seat.h"

enum waip_table_result {
  /* The version is the one seen before, 0 (none yet) or odd, or the table changed while it was read. */
  WAIP_TABLE_UNCHANGED,
  /* Whole, valid, and for this generation. */
  WAIP_TABLE_NEW,
  /* Whole, but for another generation of the channel. */
  WAIP_TABLE_FOREIGN,
  /* Whole and against the protocol. */
  WAIP_TABLE_BROKEN
};

enum {
  /*
   * Different tables that one channel keeps: a planner that changes its table is expected to go back and
   * forth between few. 1,024 of them are 10 MiB.
   */
  WAIP_TABLES_MAX = 1024
};

/* Tables handed out. One thread, the dispatcher's; each table itself may be read by any. */
struct waip_table_store {
  /* Of the last one read, for this generation of the channel; 0 before the first. */
  uint32_t version;
  uint32_t generation;
  uint32_t count;
  struct waip_service_table *tables[WAIP_TABLES_MAX];
};

/*
 * Reads the table at `channel` (the channel's memory, aligned to 64). WAIP_TABLE_NEW sets `table`; equal
 * contents give the same pointer.
 */
enum waip_table_result waip_table_read(struct waip_table_store *store, const unsigned char *channel,
                                       uint32_t generation, const struct waip_service_table **table);

/* Frees all tables. */
void waip_table_store_clear(struct waip_table_store *store);

#endif
