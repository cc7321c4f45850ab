/*
 * The planner's side of the rings in C, for tests: attaches to a mapping, follows its channels, and
 * decides each request at once. Written from rings.h alone, with none of the front's code.
 */
#ifndef WAIP_PLANNER_SIDE_H
#define WAIP_PLANNER_SIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "waip/rings.h"

struct planner_channel {
  uint32_t generation; /* 0: not followed */
  uint64_t submit;
  uint64_t complete;
  uint64_t decide;
  uint64_t execute;
  uint32_t table_version;
};

struct planner_side {
  unsigned char *base;
  /* What it does with requests. */
  bool hold;           /* takes them and decides nothing */
  bool refuse;         /* refuses each */
  uint32_t batch;      /* largest number of members of a dispatch */
  uint32_t variants;   /* of the table it writes */
  uint64_t decided;
  uint64_t completed;
  uint64_t executed;
  uint64_t next_dispatch;
  struct planner_channel channels[WAIP_RINGS_CHANNELS];
};

/* Maps the file at `path` and checks its header. */
bool planner_attach(struct planner_side *side, const char *path);
void planner_detach(struct planner_side *side);

/* Reports its version, a heartbeat, and that it is ready. */
void planner_ready(struct planner_side *side, uint32_t version);
void planner_beat(struct planner_side *side);

/* Follows channels, reads and decides once; returns what it did. */
uint32_t planner_duty(struct planner_side *side);

/* Sleeps until there may be work, at most 10 ms. */
void planner_rest(struct planner_side *side);

bool planner_abandoned(const struct planner_side *side);

/* ---- For planners that misbehave --------------------------------------------------------------------- */

unsigned char *planner_channel_memory(const struct planner_side *side, uint32_t channel);
/* The next cell to decide in, still private; publish with planner_publish. NULL when the ring is full. */
unsigned char *planner_next_decision(struct planner_side *side, uint32_t channel);
void planner_publish(struct planner_side *side, uint32_t channel);
void planner_write_table(struct planner_side *side, uint32_t channel);
/* The first followed channel of the front kind, or -1. */
int planner_first_channel(const struct planner_side *side);
void planner_wake_dispatcher(const struct planner_side *side, uint32_t channel);

#endif
