/*
 * Private table of the requests a planner knows. A slot number alone means nothing: each use of a slot
 * has its own generation, and a record from shared memory counts only when both fit.
 */
#ifndef WAIP_FRONT_SLOTS_H
#define WAIP_FRONT_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

/* More than a planner queues (EngineSettings.DEFAULT_QUEUE_CAPACITY), so that it says what is refused. */
enum { WAIP_SLOTS = 32768 };

enum waip_slot_state {
  WAIP_SLOT_HELD,    /* given to the planner */
  WAIP_SLOT_DECIDED, /* dispatched by the planner, its child waits for a place */
  WAIP_SLOT_SENT,    /* in a child */
  WAIP_SLOT_DONE     /* answered, or on its way to be */
};

struct waip_slots {
  void *owners[WAIP_SLOTS];
  uint32_t generations[WAIP_SLOTS]; /* of the present or the next use; never 0 */
  uint32_t free[WAIP_SLOTS];
  uint32_t free_count;
  uint32_t chained[WAIP_SLOTS]; /* next slot of a chain of retired ones */
};

/* The end of a chain. */
#define WAIP_NO_SLOT UINT32_MAX

void waip_slots_open(struct waip_slots *slots);

/* False when all are in use. O(1). */
bool waip_slots_take(struct waip_slots *slots, void *owner, uint32_t *slot, uint32_t *generation);

/* The owner, or NULL when the slot is out of range, free or of another generation. */
void *waip_slots_find(const struct waip_slots *slots, uint32_t slot, uint32_t generation);

/*
 * Takes a slot from its owner without freeing it: the planner may still speak of it. Puts it in front of
 * the chain and returns the chain's new head.
 */
uint32_t waip_slots_retire(struct waip_slots *slots, uint32_t slot, uint32_t chain);

/* Frees the slots of a chain. */
void waip_slots_give_chain(struct waip_slots *slots, uint32_t chain);

/* Ends this use: the pair is not found any more. */
void waip_slots_give(struct waip_slots *slots, uint32_t slot);

#endif
