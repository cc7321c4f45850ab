/*
 * A hand-written seat for tests of the Triton half: one channel, whose planner is the test. It keeps what
 * it is given and calls the owner only when the test says so.
 */
#ifndef WAIP_FAKE_SEAT_H
#define WAIP_FAKE_SEAT_H

#include "seat.h"

enum { FAKE_RECORDS = 64 };

struct fake_seat {
  /* What the front did. */
  struct waip_channel_settings channel;
  struct waip_seat_settings settings;
  char program[2048];
  bool open;
  bool channel_open;
  uint64_t counters[WAIP_RINGS_COUNTERS];
  struct waip_submit_record submitted[FAKE_RECORDS];
  uint32_t submitted_count;
  struct waip_complete_record completed[FAKE_RECORDS];
  uint64_t completed_epochs[FAKE_RECORDS];
  uint32_t completed_count;
  uint32_t foreign;
  uint32_t default_instances;
  uint32_t instances[WAIP_RINGS_VARIANTS];
  /* What the test decides. */
  const struct waip_service_table *table; /* NULL: none in force */
  enum waip_submit_result result;         /* of a submit without a table */
  uint64_t epoch;
  bool planner_is_behind; /* with reading ends: withdrawals have to wait */
  bool refuse_open;
  bool refuse_channel;
  /* Direct mode: runs in place of the planner; NULL: there is no planner. */
  enum waip_execution_result (*execute)(unsigned char *slot);
};

extern struct fake_seat seat;

/* As after the start of the process. */
void fake_seat_reset(void);

/* A table of these variants, paddable along axis 1 of `ids` with mask `mask` when `padded`. */
const struct waip_service_table *fake_table(const char *first, const char *second, bool padded);

/* Decides on requests submitted so far, by their number, as one dispatch. */
void fake_dispatch(uint64_t dispatch, uint32_t variant, uint32_t padded_length, const uint32_t *requests,
                   uint32_t count);
void fake_refuse(uint32_t request, uint32_t reason, uint64_t retry_after_nanos);
void fake_lose(void);
void fake_tick(uint64_t now_nanos);

#endif
