/* Direct mode: slots of the arena, leased, posted to the planner and waited for. */
#include "futex.h"
#include "seat_state.h"
#include "shared_memory.h"

/* Longest sleep without looking whether the planner was lost, should its wake-up be missed. */
static const uint64_t look_nanos = 100000000u;

static struct waip_mapping *retain_current(struct waip_seat *seat) {
  pthread_mutex_lock(&seat->lock);
  struct waip_mapping *mapping = seat->current;
  waip_mapping_retain(mapping);
  pthread_mutex_unlock(&seat->lock);
  return mapping;
}

static int find_free(const struct waip_mapping *mapping) {
  for (int i = 0; i < WAIP_RINGS_ARENA_SLOTS; i++) {
    if ((mapping->arena_leased >> i & 1) == 0) {
      return i;
    }
  }
  return -1;
}

static void await_change(struct waip_mapping *mapping) {
  struct timespec until = waip_timespec(waip_now() + look_nanos);
  pthread_cond_timedwait(&mapping->arena_changed, &mapping->arena_lock, &until);
}

/* A slot, or -1 once the mapping does not serve. The lease is taken under the lock that a loss looks under. */
static int lease(struct waip_mapping *mapping, uint32_t *generation) {
  int slot = -1;
  pthread_mutex_lock(&mapping->arena_lock);
  while (waip_mapping_serves(mapping) && (slot = find_free(mapping)) < 0) {
    await_change(mapping);
  }
  if (slot >= 0) {
    mapping->arena_leased |= 1u << slot;
    *generation = ++mapping->arena_generations[slot];
  }
  pthread_mutex_unlock(&mapping->arena_lock);
  return slot;
}

static void prepare(const struct waip_execution *execution) {
  waip_store_u32(execution->slot + WAIP_RINGS_SLOT_STATE, WAIP_RINGS_SLOT_FREE);
  waip_store_u32(execution->slot + WAIP_RINGS_SLOT_GENERATION, execution->generation);
  waip_store_u32(execution->slot + WAIP_RINGS_SLOT_INPUT_COUNT, 0);
  waip_store_u32(execution->slot + WAIP_RINGS_SLOT_OUTPUT_COUNT, 0);
  waip_store_u32(execution->slot + WAIP_RINGS_SLOT_STATUS, 0);
  waip_store_u64(execution->slot + WAIP_RINGS_SLOT_EXECUTION, 0);
  waip_store_u64(execution->slot + WAIP_RINGS_SLOT_MESSAGE, 0);
}

bool waip_execution_begin(struct waip_channel *channel, struct waip_execution *execution) {
  struct waip_mapping *mapping = retain_current(channel->seat);
  uint32_t generation = 0;
  int slot = lease(mapping, &generation);
  if (slot < 0) {
    waip_mapping_release(mapping);
    return false;
  }
  *execution = (struct waip_execution){channel, mapping, waip_mapping_slot(mapping, (uint32_t)slot),
                                       (uint32_t)slot, generation};
  prepare(execution);
  return true;
}

static bool post(const struct waip_execution *execution) {
  struct waip_mapping *mapping = execution->mapping;
  uint64_t cell[WAIP_RINGS_EXECUTE_BYTES / 8] = {0};
  waip_put_u32(cell, WAIP_RINGS_EXECUTE_SLOT, execution->index);
  waip_put_u32(cell, WAIP_RINGS_EXECUTE_GENERATION, execution->generation);
  waip_put_u64(cell, WAIP_RINGS_EXECUTE_AT, waip_now());
  waip_store_u32(execution->slot + WAIP_RINGS_SLOT_STATE, WAIP_RINGS_SLOT_POSTED);
  if (waip_ring_push(&mapping->ports[execution->channel->slot].execute, cell) != WAIP_RING_OK) {
    /* There are more cells than slots: a full ring holds records that the planner said it has done. */
    waip_seat_violation(execution->channel->seat, mapping);
    return false;
  }
  waip_mapping_wake_planner(mapping);
  return true;
}

/* True when the planner has done with the slot; false when it was lost, or wrote a state it may not. */
static bool await_done(const struct waip_execution *execution) {
  struct waip_mapping *mapping = execution->mapping;
  unsigned char *word = execution->slot + WAIP_RINGS_SLOT_STATE;
  uint32_t earliest = WAIP_RINGS_SLOT_POSTED;
  while (!atomic_load_explicit(&mapping->lost, memory_order_acquire)) {
    uint32_t state = waip_load_u32(word);
    if (state == WAIP_RINGS_SLOT_DONE) {
      return true;
    }
    /* Forwards only: a state that comes back would keep this loop from sleeping. */
    if (state < earliest || state > WAIP_RINGS_SLOT_RUNNING) {
      waip_seat_violation(execution->channel->seat, mapping);
      return false;
    }
    earliest = state;
    waip_futex_wait(word, state, look_nanos);
  }
  return false;
}

static enum waip_execution_result run(const struct waip_execution *execution) {
  if (!post(execution) || !await_done(execution)) {
    return WAIP_EXECUTION_LOST;
  }
  switch (waip_load_u32(execution->slot + WAIP_RINGS_SLOT_STATUS)) {
    case 0:
      return WAIP_EXECUTED;
    case 1:
      return WAIP_EXECUTION_FAILED;
    default:
      waip_seat_violation(execution->channel->seat, execution->mapping);
      return WAIP_EXECUTION_LOST;
  }
}

enum waip_execution_result waip_execution_run(struct waip_execution *execution) {
  struct waip_seat *seat = execution->channel->seat;
  waip_seat_count(seat, WAIP_RINGS_COUNTER_EXECUTIONS, 1);
  enum waip_execution_result result = run(execution);
  if (result == WAIP_EXECUTION_LOST) {
    waip_seat_count(seat, WAIP_RINGS_COUNTER_EXECUTIONS_LOST, 1);
  }
  return result;
}

void waip_execution_end(struct waip_execution *execution) {
  struct waip_mapping *mapping = execution->mapping;
  waip_store_u32(execution->slot + WAIP_RINGS_SLOT_STATE, WAIP_RINGS_SLOT_FREE);
  pthread_mutex_lock(&mapping->arena_lock);
  mapping->arena_leased &= ~(1u << execution->index);
  pthread_cond_signal(&mapping->arena_changed);
  pthread_mutex_unlock(&mapping->arena_lock);
  waip_mapping_release(mapping);
}
