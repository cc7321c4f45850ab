#include "recording_owner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void owner_init(struct owner *owner) {
  memset(owner, 0, sizeof *owner);
  pthread_mutex_init(&owner->lock, NULL);
}

/* Whether this decision is about a request that is held; then it is answered. */
static bool answer(struct owner *owner, uint64_t epoch, const struct waip_decision *decision) {
  struct owner_slot *slot = decision->slot < OWNER_SLOTS ? &owner->slots[decision->slot] : NULL;
  if (slot == NULL || !slot->held || slot->generation != decision->generation || slot->epoch != epoch) {
    owner->stale++;
    return false;
  }
  slot->held = false;
  owner->held--;
  *(decision->kind == WAIP_RINGS_DECIDE_REFUSED ? &owner->refused : &owner->planned) += 1;
  return true;
}

static void check_decision(struct owner *owner, const struct waip_decision *decision, uint32_t count) {
  const struct waip_service_table *table = waip_channel_table(owner->channel);
  bool dispatched = decision->kind == WAIP_RINGS_DECIDE_DISPATCHED;
  owner->invalid += !(dispatched || (decision->kind == WAIP_RINGS_DECIDE_REFUSED && count == 1)) ||
                    count < 1 || count > WAIP_RINGS_CELLS || decision->padded_length < 1 ||
                    (table != NULL && decision->variant >= table->variant_count);
}

static void decided(void *self, uint64_t epoch, const struct waip_decision *members, uint32_t count) {
  struct owner *owner = self;
  pthread_mutex_lock(&owner->lock);
  uint32_t answered = 0;
  for (uint32_t i = 0; i < count; i++) {
    check_decision(owner, &members[i], count);
    answered += answer(owner, epoch, &members[i]);
  }
  owner->last_epoch = epoch;
  if (answered > 0 && members[0].kind == WAIP_RINGS_DECIDE_DISPATCHED) {
    struct waip_complete_record record = {.kind = WAIP_RINGS_COMPLETE_DONE, .dispatch = members[0].dispatch};
    waip_channel_complete(owner->channel, epoch, &record);
  }
  pthread_mutex_unlock(&owner->lock);
}

static void lost(void *self, uint64_t epoch) {
  struct owner *owner = self;
  pthread_mutex_lock(&owner->lock);
  for (size_t i = 0; i < OWNER_SLOTS; i++) {
    if (owner->slots[i].held && owner->slots[i].epoch <= epoch) {
      owner->slots[i].held = false;
      owner->held--;
      owner->returned++;
    }
  }
  owner->losses++;
  owner->lost_epoch = epoch;
  pthread_mutex_unlock(&owner->lock);
}

static void tick(void *self, uint64_t now_nanos) {
  struct owner *owner = self;
  (void)now_nanos;
  owner->ticks++;
}

void owner_open(struct owner *owner, struct waip_seat *seat) {
  char error[256];
  struct waip_channel_settings settings = {.kind = WAIP_RINGS_KIND_FRONT,
                                           .model = "front",
                                           .default_variant = "variant_0",
                                           .max_batch = 8,
                                           .owner = owner,
                                           .held = &owner->held,
                                           .decided = decided,
                                           .lost = lost,
                                           .tick = tick};
  /* Callbacks wait for `channel` to be set. */
  pthread_mutex_lock(&owner->lock);
  bool opened = waip_channel_open(seat, &settings, &owner->channel, error, sizeof error);
  pthread_mutex_unlock(&owner->lock);
  if (!opened) {
    fprintf(stderr, "%s\n", error);
    exit(1);
  }
}

static uint32_t free_slot(struct owner *owner) {
  for (uint32_t i = 0; i < OWNER_SLOTS; i++) {
    uint32_t slot = (owner->next_slot + i) % OWNER_SLOTS;
    if (!owner->slots[slot].held) {
      owner->next_slot = slot + 1;
      return slot;
    }
  }
  return OWNER_SLOTS;
}

enum waip_submit_result owner_request(struct owner *owner) {
  pthread_mutex_lock(&owner->lock);
  uint32_t slot = free_slot(owner);
  enum waip_submit_result result = WAIP_SUBMIT_RING_FULL;
  owner->issued++;
  if (slot < OWNER_SLOTS) {
    struct owner_slot *held = &owner->slots[slot];
    held->generation++;
    struct waip_submit_record record = {.slot = slot, .generation = held->generation, .length = 1, .rows = 1};
    result = waip_channel_submit(owner->channel, &record, &held->epoch);
    held->held = result == WAIP_SUBMITTED;
    owner->held += held->held;
  }
  if (result != WAIP_SUBMITTED) {
    owner->forwarded[result]++;
  }
  pthread_mutex_unlock(&owner->lock);
  return result;
}

void owner_close(struct owner *owner) {
  /* As a front drains: new requests go elsewhere, and what the planner holds is answered by the owner. */
  pthread_mutex_lock(&owner->lock);
  for (size_t i = 0; i < OWNER_SLOTS; i++) {
    owner->returned += owner->slots[i].held;
    owner->slots[i].held = false;
  }
  pthread_mutex_unlock(&owner->lock);
  waip_channel_close(owner->channel);
}

uint64_t owner_answered(const struct owner *owner) {
  uint64_t answered = owner->planned + owner->refused + owner->returned;
  for (size_t i = 0; i <= WAIP_SUBMIT_RING_FULL; i++) {
    answered += owner->forwarded[i];
  }
  return answered;
}

uint32_t owner_held(struct owner *owner) {
  uint32_t held = 0;
  pthread_mutex_lock(&owner->lock);
  for (size_t i = 0; i < OWNER_SLOTS; i++) {
    held += owner->slots[i].held;
  }
  pthread_mutex_unlock(&owner->lock);
  return held;
}
