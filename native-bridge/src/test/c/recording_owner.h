/*
 * An owner of a channel for tests: keeps requests in slots, answers what the planner decides, answers what
 * it gets back by itself, and counts. A request answered twice, or never, shows in the counts.
 */
#ifndef WAIP_RECORDING_OWNER_H
#define WAIP_RECORDING_OWNER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "seat.h"

enum { OWNER_SLOTS = 1024 };

struct owner_slot {
  bool held;
  uint32_t generation;
  uint64_t epoch;
};

struct owner {
  struct waip_channel *channel;
  pthread_mutex_t lock; /* the channel lock of seat.h */
  struct owner_slot slots[OWNER_SLOTS];
  uint32_t next_slot;
  _Atomic uint32_t held; /* what the seat may know of it */
  _Atomic uint64_t issued;
  _Atomic uint64_t planned;   /* answered as decided */
  _Atomic uint64_t refused;
  _Atomic uint64_t returned;  /* answered after a loss */
  _Atomic uint64_t forwarded[WAIP_SUBMIT_RING_FULL + 1]; /* by waip_submit_result */
  _Atomic uint64_t stale;     /* decisions about no request of ours */
  _Atomic uint64_t invalid;   /* decisions that should not have been handed on */
  _Atomic uint64_t losses;
  _Atomic uint64_t lost_epoch;
  _Atomic uint64_t ticks;
  _Atomic uint64_t last_epoch;
};

void owner_init(struct owner *owner);
/* Opens a channel of the front kind; ends the program when that fails. */
void owner_open(struct owner *owner, struct waip_seat *seat);
/* One request: given to the planner, or answered at once. */
enum waip_submit_result owner_request(struct owner *owner);
/* Answers what is still held and closes the channel. */
void owner_close(struct owner *owner);
uint64_t owner_answered(const struct owner *owner);
uint32_t owner_held(struct owner *owner);

#endif
