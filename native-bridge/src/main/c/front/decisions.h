/* Reads the decide ring: checks each record and puts the members of a dispatch together. */
#ifndef WAIP_FRONT_DECISIONS_H
#define WAIP_FRONT_DECISIONS_H

#include "ring.h"
#include "seat.h"

enum waip_decisions_result {
  WAIP_DECISIONS_NONE,
  /* `members` holds `count` members of one dispatch, or one refusal, until the next call. */
  WAIP_DECISIONS_READY,
  /* A record was taken, and its dispatch is not complete yet. */
  WAIP_DECISIONS_PARTIAL,
  /*
   * The planner broke the protocol. Its request would be held for ever if the record were skipped: the
   * planner is to be given up.
   */
  WAIP_DECISIONS_BROKEN
};

struct waip_decisions {
  uint32_t count;
  uint32_t expected; /* members of the dispatch being read; 0: none */
  uint64_t started_nanos;
  struct waip_decision members[WAIP_RINGS_CELLS];
};

/* Takes at most one record. Never waits. */
enum waip_decisions_result waip_decisions_take(struct waip_decisions *decisions, struct waip_consumer *ring,
                                               const struct waip_service_table *table, uint64_t now);

/* Whether a dispatch has been incomplete for longer than a planner may take to write it. */
bool waip_decisions_overdue(const struct waip_decisions *decisions, uint64_t now);

/* Forgets a dispatch that was begun. */
void waip_decisions_reset(struct waip_decisions *decisions);

/* Takes and drops all that is there, at most one ring full; the number dropped, or -1 for a broken ring. */
int32_t waip_decisions_drop(struct waip_decisions *decisions, struct waip_consumer *ring);

#endif
