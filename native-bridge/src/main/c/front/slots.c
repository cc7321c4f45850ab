#include "slots.h"

#include <stddef.h>

void waip_slots_open(struct waip_slots *slots) {
  slots->free_count = WAIP_SLOTS;
  for (uint32_t i = 0; i < WAIP_SLOTS; i++) {
    slots->owners[i] = NULL;
    slots->generations[i] = 1;
    slots->free[i] = WAIP_SLOTS - 1 - i;
  }
}

bool waip_slots_take(struct waip_slots *slots, void *owner, uint32_t *slot, uint32_t *generation) {
  if (slots->free_count == 0) {
    return false;
  }
  *slot = slots->free[--slots->free_count];
  *generation = slots->generations[*slot];
  slots->owners[*slot] = owner;
  return true;
}

void *waip_slots_find(const struct waip_slots *slots, uint32_t slot, uint32_t generation) {
  if (slot >= WAIP_SLOTS || slots->generations[slot] != generation) {
    return NULL;
  }
  return slots->owners[slot];
}

void waip_slots_give(struct waip_slots *slots, uint32_t slot) {
  slots->owners[slot] = NULL;
  slots->generations[slot]++;
  if (slots->generations[slot] == 0) {
    slots->generations[slot] = 1;
  }
  slots->free[slots->free_count++] = slot;
}

uint32_t waip_slots_retire(struct waip_slots *slots, uint32_t slot, uint32_t chain) {
  slots->owners[slot] = NULL;
  slots->chained[slot] = chain;
  return slot;
}

void waip_slots_give_chain(struct waip_slots *slots, uint32_t chain) {
  while (chain != WAIP_NO_SLOT) {
    uint32_t next = slots->chained[chain];
    waip_slots_give(slots, chain);
    chain = next;
  }
}
