#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "futex.h"
#include "seat_state.h"
#include "shared_memory.h"

/* One count for the process: no two channels, whatever their seats, ever have the same generation. */
static _Atomic uint32_t generations;

static uint32_t next_generation(void) {
  uint32_t generation = atomic_fetch_add(&generations, 1) + 1;
  /* 0 is what a fresh mapping holds. */
  return generation != 0 ? generation : atomic_fetch_add(&generations, 1) + 1;
}

/* ---- The channel's header in a mapping -------------------------------------------------------------- */

static void write_text(unsigned char *to, const char *text) {
  uint64_t bytes[WAIP_RINGS_NAME_BYTES / 8] = {0};
  memcpy(bytes, text, strlen(text));
  waip_copy_to_shared(to, bytes, sizeof bytes);
}

static void write_load(const struct waip_channel *channel, unsigned char *header) {
  waip_store_u32(header + WAIP_RINGS_CHANNEL_FOREIGN, channel->foreign);
  waip_store_u32(header + WAIP_RINGS_CHANNEL_INSTANCES, channel->default_instances);
  for (size_t i = 0; i < WAIP_RINGS_VARIANTS; i++) {
    waip_store_u32(header + WAIP_RINGS_CHANNEL_VARIANT_INSTANCES + 4 * i, channel->instances[i]);
  }
}

/* FREE while the rest is written: the planner looks at the state first and at the generation last. */
static void write_open(const struct waip_channel *channel, const struct waip_mapping *mapping) {
  unsigned char *header = waip_mapping_channel(mapping, channel->slot);
  waip_store_u32(header + WAIP_RINGS_CHANNEL_STATE, WAIP_RINGS_CHANNEL_FREE);
  waip_store_u32(header + WAIP_RINGS_CHANNEL_GENERATION, channel->generation);
  waip_store_u32(header + WAIP_RINGS_CHANNEL_KIND, channel->settings.kind);
  waip_store_u32(header + WAIP_RINGS_CHANNEL_MAX_BATCH, channel->settings.max_batch);
  write_text(header + WAIP_RINGS_CHANNEL_MODEL, channel->model);
  write_text(header + WAIP_RINGS_CHANNEL_DEFAULT_VARIANT, channel->default_variant);
  write_load(channel, header);
  waip_store_u32(header + WAIP_RINGS_CHANNEL_STATE, WAIP_RINGS_CHANNEL_OPEN);
  waip_mapping_wake_planner(mapping);
}

static void write_free(const struct waip_channel *channel, const struct waip_mapping *mapping) {
  unsigned char *header = waip_mapping_channel(mapping, channel->slot);
  waip_store_u32(header + WAIP_RINGS_CHANNEL_STATE, WAIP_RINGS_CHANNEL_FREE);
  waip_mapping_wake_planner(mapping);
}

static struct waip_mapping *newest(const struct waip_channel *channel) {
  return channel->next_mapping != NULL ? channel->next_mapping : channel->mapping;
}

static void wake_locked(struct waip_channel *channel) {
  channel->woken = true;
  waip_unpark(waip_mapping_channel(channel->mapping, channel->slot) + WAIP_RINGS_CHANNEL_DISPATCHER_PARKED);
}

/* ---- What the supervisor does ------------------------------------------------------------------------ */

static void disengage_locked(struct waip_channel *channel) {
  if (channel->engaged) {
    channel->engaged = false;
    channel->lost_epoch = channel->epoch;
  }
  channel->table = NULL;
}

void waip_channel_disengage(struct waip_channel *channel) {
  pthread_mutex_lock(&channel->lock);
  disengage_locked(channel);
  wake_locked(channel);
  pthread_mutex_unlock(&channel->lock);
}

bool waip_channel_told(struct waip_channel *channel) {
  pthread_mutex_lock(&channel->lock);
  bool told = channel->lost_epoch == 0;
  pthread_mutex_unlock(&channel->lock);
  return told;
}

void waip_channel_attach(struct waip_channel *channel, struct waip_mapping *mapping) {
  waip_mapping_retain(mapping);
  pthread_mutex_lock(&channel->lock);
  disengage_locked(channel);
  waip_mapping_release(channel->next_mapping);
  channel->next_mapping = mapping;
  channel->generation = next_generation();
  write_open(channel, mapping);
  wake_locked(channel);
  pthread_mutex_unlock(&channel->lock);
}

void waip_channel_restart(struct waip_channel *channel) {
  pthread_mutex_lock(&channel->lock);
  disengage_locked(channel);
  channel->generation = next_generation();
  write_open(channel, newest(channel));
  wake_locked(channel);
  pthread_mutex_unlock(&channel->lock);
}

/* ---- Opening and closing ---------------------------------------------------------------------------- */

static bool copy_name(char *to, const char *from, const char *what, char *error, size_t error_bytes) {
  size_t length = from == NULL ? 0 : strlen(from);
  if (length >= WAIP_RINGS_NAME_BYTES) {
    snprintf(error, error_bytes, "%s has %zu bytes, allowed are at most %d", what, length,
             WAIP_RINGS_NAME_BYTES - 1);
    return false;
  }
  memcpy(to, from == NULL ? "" : from, length + 1);
  return true;
}

/* The slot that has been free longest: a planner gets as much time as can be to see it free. */
static int find_slot(const struct waip_seat *seat) {
  int found = -1;
  for (int i = 0; i < WAIP_RINGS_CHANNELS; i++) {
    if (!seat->slot_used[i] && (found < 0 || seat->slot_freed[i] < seat->slot_freed[found])) {
      found = i;
    }
  }
  return found;
}

static bool start_dispatcher(struct waip_channel *channel, char *error, size_t error_bytes) {
  bool started = waip_thread_start(&channel->dispatcher, waip_dispatcher_main, channel);
  if (!started) {
    snprintf(error, error_bytes, "cannot start a dispatcher: %s", strerror(errno));
  }
  return started;
}

/* Under the seat's lock. */
static bool enter(struct waip_channel *channel, char *error, size_t error_bytes) {
  struct waip_seat *seat = channel->seat;
  int slot = find_slot(seat);
  if (slot < 0) {
    snprintf(error, error_bytes, "all %d channels are open", WAIP_RINGS_CHANNELS);
    return false;
  }
  channel->slot = (uint32_t)slot;
  if (!waip_mapping_reserve(seat->current, channel->slot)) {
    snprintf(error, error_bytes, "no memory for a channel: %s", strerror(errno));
    return false;
  }
  channel->mapping = seat->current;
  channel->generation = next_generation();
  write_open(channel, channel->mapping);
  if (!start_dispatcher(channel, error, error_bytes)) {
    write_free(channel, channel->mapping);
    return false;
  }
  waip_mapping_retain(channel->mapping);
  seat->slot_used[slot] = true;
  channel->next = seat->channels;
  seat->channels = channel;
  return true;
}

bool waip_channel_open(struct waip_seat *seat, const struct waip_channel_settings *settings,
                       struct waip_channel **channel, char *error, size_t error_bytes) {
  struct waip_channel *opened = calloc(1, sizeof *opened);
  if (opened == NULL) {
    snprintf(error, error_bytes, "no memory for a channel");
    return false;
  }
  opened->seat = seat;
  opened->settings = *settings;
  pthread_mutex_init(&opened->lock, NULL);
  bool done = copy_name(opened->model, settings->model, "the model's name", error, error_bytes) &&
              copy_name(opened->default_variant, settings->default_variant, "the default variant's name", error,
                        error_bytes);
  if (done) {
    pthread_mutex_lock(&seat->lock);
    done = enter(opened, error, error_bytes);
    pthread_mutex_unlock(&seat->lock);
  }
  if (!done) {
    pthread_mutex_destroy(&opened->lock);
    free(opened);
    return false;
  }
  *channel = opened;
  return true;
}

static void leave(struct waip_channel *channel) {
  struct waip_seat *seat = channel->seat;
  struct waip_channel **link = &seat->channels;
  while (*link != channel) {
    link = &(*link)->next;
  }
  *link = channel->next;
  seat->slot_used[channel->slot] = false;
  seat->slot_freed[channel->slot] = ++seat->closings;
}

void waip_channel_close(struct waip_channel *channel) {
  pthread_mutex_lock(&channel->lock);
  channel->engaged = false;
  channel->closing = true;
  wake_locked(channel);
  pthread_mutex_unlock(&channel->lock);
  pthread_join(channel->dispatcher, NULL);
  /* Only now: the next owner of the slot must be alone with its ports. */
  pthread_mutex_lock(&channel->seat->lock);
  write_free(channel, newest(channel));
  leave(channel);
  pthread_mutex_unlock(&channel->seat->lock);
  waip_mapping_release(channel->mapping);
  waip_mapping_release(channel->next_mapping);
  waip_table_store_clear(&channel->tables);
  pthread_mutex_destroy(&channel->lock);
  free(channel);
}

/* ---- What the owner does under its channel lock --------------------------------------------------------- */

const struct waip_service_table *waip_channel_table(struct waip_channel *channel) {
  pthread_mutex_lock(&channel->lock);
  const struct waip_service_table *table = channel->engaged ? channel->table : NULL;
  pthread_mutex_unlock(&channel->lock);
  return table;
}

static void fill_submit(const struct waip_submit_record *record, uint64_t *cell) {
  waip_put_u32(cell, WAIP_RINGS_SUBMIT_SLOT, record->slot);
  waip_put_u32(cell, WAIP_RINGS_SUBMIT_GENERATION, record->generation);
  waip_put_u64(cell, WAIP_RINGS_SUBMIT_ARRIVAL, record->arrival_nanos);
  waip_put_u64(cell, WAIP_RINGS_SUBMIT_DEADLINE, record->deadline_nanos);
  waip_put_u64(cell, WAIP_RINGS_SUBMIT_TENANT, record->tenant_hash);
  waip_put_u64(cell, WAIP_RINGS_SUBMIT_REGION, record->region_hash);
  waip_put_u64(cell, WAIP_RINGS_SUBMIT_MERGE_KEY, record->merge_key);
  waip_put_u64(cell, WAIP_RINGS_SUBMIT_INPUT_BYTES, record->input_bytes);
  waip_put_u32(cell, WAIP_RINGS_SUBMIT_TIER, record->tier);
  waip_put_u32(cell, WAIP_RINGS_SUBMIT_PRIORITY, record->priority);
  waip_put_u32(cell, WAIP_RINGS_SUBMIT_LENGTH, record->length);
  waip_put_u32(cell, WAIP_RINGS_SUBMIT_ROWS, record->rows);
  waip_put_u32(cell, WAIP_RINGS_SUBMIT_ALONE, record->alone);
}

/* Under the channel's lock; true when the planner was given the record. */
static bool push(struct waip_channel *channel, struct waip_producer *ring, const uint64_t *cell) {
  enum waip_ring_result pushed = waip_ring_push(ring, cell);
  if (pushed == WAIP_RING_BROKEN) {
    waip_seat_violation(channel->seat, channel->mapping);
  }
  return pushed == WAIP_RING_OK;
}

static enum waip_submit_result submit_locked(struct waip_channel *channel, const uint64_t *cell) {
  /* `serves` shows a loss a moment before the supervisor comes to this channel. */
  if (!channel->engaged || atomic_load(&channel->seat->out_of_path) || !waip_mapping_serves(channel->mapping)) {
    return WAIP_SUBMIT_NO_PLANNER;
  }
  if (channel->table == NULL || !channel->table->planned) {
    return WAIP_SUBMIT_NO_TABLE;
  }
  if (!push(channel, &channel->mapping->ports[channel->slot].submit, cell)) {
    return WAIP_SUBMIT_RING_FULL;
  }
  waip_mapping_wake_planner(channel->mapping);
  return WAIP_SUBMITTED;
}

enum waip_submit_result waip_channel_submit(struct waip_channel *channel, const struct waip_submit_record *record,
                                            uint64_t *epoch) {
  if (atomic_load_explicit(&channel->seat->control.bypass, memory_order_relaxed)) {
    return WAIP_SUBMIT_BYPASS;
  }
  uint64_t cell[WAIP_RINGS_SUBMIT_BYTES / 8] = {0};
  fill_submit(record, cell);
  pthread_mutex_lock(&channel->lock);
  enum waip_submit_result result = submit_locked(channel, cell);
  if (result == WAIP_SUBMITTED) {
    *epoch = channel->epoch;
  }
  pthread_mutex_unlock(&channel->lock);
  return result;
}

static void fill_complete(const struct waip_complete_record *record, uint64_t *cell) {
  waip_put_u32(cell, WAIP_RINGS_COMPLETE_KIND, record->kind);
  waip_put_u32(cell, WAIP_RINGS_COMPLETE_SLOT, record->slot);
  waip_put_u32(cell, WAIP_RINGS_COMPLETE_GENERATION, record->generation);
  waip_put_u32(cell, WAIP_RINGS_COMPLETE_VARIANT, record->variant);
  waip_put_u64(cell, WAIP_RINGS_COMPLETE_DISPATCH, record->dispatch);
  waip_put_u64(cell, WAIP_RINGS_COMPLETE_EXECUTION, record->execution_nanos);
  waip_put_u64(cell, WAIP_RINGS_COMPLETE_AT, record->at_nanos);
}

/* False, and nothing is written, while fewer than `room` cells are free; an end of an old epoch is dropped. */
static bool complete(struct waip_channel *channel, uint64_t epoch, const struct waip_complete_record *record,
                     uint32_t room) {
  uint64_t cell[WAIP_RINGS_COMPLETE_BYTES / 8] = {0};
  bool said = true;
  fill_complete(record, cell);
  pthread_mutex_lock(&channel->lock);
  if (channel->engaged && channel->epoch == epoch) {
    struct waip_producer *ring = &channel->mapping->ports[channel->slot].complete;
    said = room == 0 || waip_ring_has_room(ring, room);
    if (said && waip_ring_push(ring, cell) == WAIP_RING_OK) {
      waip_mapping_wake_planner(channel->mapping);
    } else if (said) {
      /* A planner that misses one end believes for ever that the dispatch is under way. */
      waip_seat_violation(channel->seat, channel->mapping);
    }
  }
  pthread_mutex_unlock(&channel->lock);
  return said;
}

void waip_channel_complete(struct waip_channel *channel, uint64_t epoch, const struct waip_complete_record *record) {
  complete(channel, epoch, record, 0);
}

bool waip_channel_withdraw(struct waip_channel *channel, uint64_t epoch, const struct waip_complete_record *record) {
  return complete(channel, epoch, record, WAIP_RINGS_CELLS / 2);
}

/* ---- What any thread may do --------------------------------------------------------------------------- */

void waip_channel_instances(struct waip_channel *channel, uint32_t default_variant,
                            const uint32_t variants[WAIP_RINGS_VARIANTS]) {
  pthread_mutex_lock(&channel->lock);
  channel->default_instances = default_variant;
  memcpy(channel->instances, variants, sizeof channel->instances);
  write_load(channel, waip_mapping_channel(newest(channel), channel->slot));
  waip_mapping_wake_planner(newest(channel));
  pthread_mutex_unlock(&channel->lock);
}

void waip_channel_foreign(struct waip_channel *channel, uint32_t children) {
  pthread_mutex_lock(&channel->lock);
  channel->foreign = children;
  write_load(channel, waip_mapping_channel(newest(channel), channel->slot));
  waip_mapping_wake_planner(newest(channel));
  pthread_mutex_unlock(&channel->lock);
}

void waip_channel_wake(struct waip_channel *channel) {
  pthread_mutex_lock(&channel->lock);
  wake_locked(channel);
  pthread_mutex_unlock(&channel->lock);
}
