/*
 * The memory shared with the planner of one epoch (rings.h), and what this process keeps privately about
 * it: cursors, leases of the arena, and whether it was given up. Counted: the memory is unmapped when the
 * last user releases it, so a thread that still waits in an abandoned epoch reads valid memory.
 */
#ifndef WAIP_FRONT_MAPPING_H
#define WAIP_FRONT_MAPPING_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "ring.h"
#include "waip/rings.h"

/* The ends of a channel's rings that are on this side. They live as long as the mapping. */
struct waip_ports {
  struct waip_producer submit;
  struct waip_producer complete;
  struct waip_producer execute;
  struct waip_consumer decide;
};

struct waip_mapping {
  unsigned char *base;
  int fd;
  uint64_t epoch;
  _Atomic uint32_t references;
  /* Its planner is ready. Never true again after `lost`. */
  atomic_bool ready;
  atomic_bool lost;
  /* WAIP_RINGS_LOST_* once a user found the planner breaking the protocol, else 0. */
  _Atomic uint32_t violation;
  pthread_mutex_t arena_lock;
  pthread_cond_t arena_changed;
  uint32_t arena_leased; /* bit i: slot i; under arena_lock */
  uint32_t arena_generations[WAIP_RINGS_ARENA_SLOTS];
  struct waip_ports ports[WAIP_RINGS_CHANNELS];
};

/* A fresh mapping, one reference; NULL with errno set. */
struct waip_mapping *waip_mapping_create(uint64_t epoch);

void waip_mapping_retain(struct waip_mapping *mapping);

/* NULL is allowed. */
void waip_mapping_release(struct waip_mapping *mapping);

/* Backs a channel's memory with pages now: out of memory is an answer here, and SIGBUS later. */
bool waip_mapping_reserve(const struct waip_mapping *mapping, uint32_t channel);

unsigned char *waip_mapping_channel(const struct waip_mapping *mapping, uint32_t channel);
unsigned char *waip_mapping_slot(const struct waip_mapping *mapping, uint32_t slot);

/* Marks the mapping as given up and wakes everybody who sleeps in it. */
void waip_mapping_abandon(struct waip_mapping *mapping);

/* Whether requests and executions may be given to its planner. */
static inline bool waip_mapping_serves(const struct waip_mapping *mapping) {
  return mapping != NULL && atomic_load_explicit(&mapping->ready, memory_order_acquire) &&
         !atomic_load_explicit(&mapping->lost, memory_order_acquire);
}

/* Wakes the planner if it sleeps. */
void waip_mapping_wake_planner(const struct waip_mapping *mapping);

#endif
