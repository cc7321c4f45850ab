#include "fake_seat.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "testing.h"

struct fake_seat seat;

static char seat_place;
static char channel_place;
static struct waip_service_table table;
static unsigned char *arena;

#define SEAT ((struct waip_seat *)(void *)&seat_place)
#define CHANNEL ((struct waip_channel *)(void *)&channel_place)

void fake_seat_reset(void) {
  memset(&seat, 0, sizeof seat);
  seat.result = WAIP_SUBMIT_NO_PLANNER;
  seat.epoch = 1;
}

const struct waip_service_table *fake_table(const char *first, const char *second, bool padded) {
  memset(&table, 0, sizeof table);
  table.planned = true;
  table.variant_count = second == NULL ? 1 : 2;
  strcpy(table.variants[0], first);
  strcpy(table.variants[1], second == NULL ? "" : second);
  if (padded) {
    table.paddable = true;
    table.length_axis = 1;
    table.pad_value = 9;
    strcpy(table.length_input, "ids");
    strcpy(table.mask_input, "mask");
    table.trim_count = 1;
    strcpy(table.trim_outputs[0], "H");
  }
  return &table;
}

/* ---- The test as planner ---- */

void fake_dispatch(uint64_t dispatch, uint32_t variant, uint32_t padded_length, const uint32_t *requests,
                   uint32_t count) {
  struct waip_decision members[FAKE_RECORDS];
  for (uint32_t i = 0; i < count; i++) {
    const struct waip_submit_record *record = &seat.submitted[requests[i]];
    members[i] = (struct waip_decision){.kind = WAIP_RINGS_DECIDE_DISPATCHED,
                                        .slot = record->slot,
                                        .generation = record->generation,
                                        .variant = variant,
                                        .dispatch = dispatch,
                                        .padded_length = padded_length};
  }
  seat.channel.decided(seat.channel.owner, seat.epoch, members, count);
}

void fake_refuse(uint32_t request, uint32_t reason, uint64_t retry_after_nanos) {
  const struct waip_submit_record *record = &seat.submitted[request];
  struct waip_decision decision = {.kind = WAIP_RINGS_DECIDE_REFUSED,
                                   .slot = record->slot,
                                   .generation = record->generation,
                                   .reason = reason,
                                   .retry_after_nanos = retry_after_nanos};
  seat.channel.decided(seat.channel.owner, seat.epoch, &decision, 1);
}

void fake_lose(void) {
  uint64_t lost = seat.epoch++;
  seat.channel.lost(seat.channel.owner, lost);
}

void fake_tick(uint64_t now_nanos) {
  seat.channel.tick(seat.channel.owner, now_nanos);
}

/* ---- seat.h ---- */

bool waip_seat_open(const struct waip_seat_settings *settings, struct waip_seat **opened, char *error,
                    size_t error_bytes) {
  if (seat.refuse_open) {
    snprintf(error, error_bytes, "the test says no");
    return false;
  }
  seat.settings = *settings;
  snprintf(seat.program, sizeof seat.program, "%s", settings->command[0]);
  seat.open = true;
  *opened = SEAT;
  return true;
}

void waip_seat_close(struct waip_seat *closed) {
  CHECK(closed == SEAT && !seat.channel_open);
  seat.open = false;
}

void waip_seat_count(struct waip_seat *of, uint32_t counter, uint64_t n) {
  CHECK(of == SEAT && counter < WAIP_RINGS_COUNTERS);
  seat.counters[counter] += n;
}

uint64_t waip_seat_counter(const struct waip_seat *of, uint32_t counter) {
  (void)of;
  return seat.counters[counter];
}

bool waip_channel_open(struct waip_seat *of, const struct waip_channel_settings *settings,
                       struct waip_channel **channel, char *error, size_t error_bytes) {
  CHECK(of == SEAT);
  if (seat.refuse_channel) {
    snprintf(error, error_bytes, "the test says no");
    return false;
  }
  seat.channel = *settings;
  seat.channel_open = true;
  *channel = CHANNEL;
  return true;
}

void waip_channel_close(struct waip_channel *channel) {
  CHECK(channel == CHANNEL);
  seat.channel_open = false;
  free(arena);
  arena = NULL;
}

const struct waip_service_table *waip_channel_table(struct waip_channel *channel) {
  CHECK(channel == CHANNEL);
  return seat.table;
}

enum waip_submit_result waip_channel_submit(struct waip_channel *channel,
                                            const struct waip_submit_record *record, uint64_t *epoch) {
  CHECK(channel == CHANNEL);
  if (seat.table == NULL || !seat.table->planned || seat.result == WAIP_SUBMIT_RING_FULL) {
    return seat.result;
  }
  CHECK(seat.submitted_count < FAKE_RECORDS);
  seat.submitted[seat.submitted_count++] = *record;
  *epoch = seat.epoch;
  return WAIP_SUBMITTED;
}

void waip_channel_complete(struct waip_channel *channel, uint64_t epoch,
                           const struct waip_complete_record *record) {
  CHECK(channel == CHANNEL && seat.completed_count < FAKE_RECORDS);
  seat.completed_epochs[seat.completed_count] = epoch;
  seat.completed[seat.completed_count++] = *record;
}

bool waip_channel_withdraw(struct waip_channel *channel, uint64_t epoch,
                           const struct waip_complete_record *record) {
  if (!seat.planner_is_behind) {
    waip_channel_complete(channel, epoch, record);
  }
  return !seat.planner_is_behind;
}

void waip_channel_instances(struct waip_channel *channel, uint32_t default_variant,
                            const uint32_t variants[WAIP_RINGS_VARIANTS]) {
  CHECK(channel == CHANNEL);
  seat.default_instances = default_variant;
  memcpy(seat.instances, variants, sizeof seat.instances);
}

void waip_channel_foreign(struct waip_channel *channel, uint32_t children) {
  CHECK(channel == CHANNEL);
  seat.foreign = children;
}

void waip_channel_wake(struct waip_channel *channel) {
  CHECK(channel == CHANNEL);
}

bool waip_execution_begin(struct waip_channel *channel, struct waip_execution *execution) {
  if (seat.execute == NULL) {
    return false;
  }
  if (arena == NULL) {
    arena = calloc(1, WAIP_RINGS_ARENA_SLOT_BYTES);
  }
  *execution = (struct waip_execution){channel, NULL, arena, 0, 1};
  return true;
}

enum waip_execution_result waip_execution_run(struct waip_execution *execution) {
  return seat.execute(execution->slot);
}

void waip_execution_end(struct waip_execution *execution) {
  (void)execution;
}
