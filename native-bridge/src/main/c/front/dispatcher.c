/* The thread of a channel: changes mappings, tells of losses, reads tables and decisions, ticks. */
#include <stdlib.h>

#include "futex.h"
#include "seat_state.h"
#include "shared_memory.h"

static const uint64_t tick_nanos = 100000000u;

/* A sleep shorter than this, with nothing to do after it, was no sleep. */
static const uint64_t short_sleep_nanos = 100000u;

enum {
  /* So many of them in a row, and the planner is playing with the parked word. */
  SHORT_SLEEPS_MAX = 64
};

/* What one round works with, read under the lock. */
struct round {
  struct waip_mapping *mapping;
  uint32_t generation;
  uint64_t epoch;
  bool engaged;
  bool closing;
  bool woken;
};

static void forget_planner(struct waip_channel *channel) {
  channel->tables.version = 0;
  waip_decisions_reset(&channel->decisions);
}

/* Changes to the next mapping and tells the owner what it lost, in this order: nothing is read after. */
static void follow(struct waip_channel *channel) {
  struct waip_mapping *old = NULL;
  pthread_mutex_lock(&channel->lock);
  uint64_t lost = channel->lost_epoch;
  if (channel->next_mapping != NULL) {
    old = channel->mapping;
    channel->mapping = channel->next_mapping;
    channel->next_mapping = NULL;
    forget_planner(channel);
  }
  pthread_mutex_unlock(&channel->lock);
  waip_mapping_release(old);
  if (lost == 0) {
    return;
  }
  if (channel->settings.lost != NULL) {
    channel->settings.lost(channel->settings.owner, lost);
  }
  /* Nothing is engaged meanwhile, so this is still the engagement that ended. */
  pthread_mutex_lock(&channel->lock);
  channel->lost_epoch = 0;
  pthread_mutex_unlock(&channel->lock);
}

/* Engages where nothing stands against it. What was lost before must have been told before. */
static struct round begin_round(struct waip_channel *channel) {
  struct waip_seat *seat = channel->seat;
  pthread_mutex_lock(&channel->lock);
  bool may = channel->lost_epoch == 0 && channel->next_mapping == NULL && !channel->closing &&
             !atomic_load(&seat->out_of_path) && waip_mapping_serves(channel->mapping);
  if (may && !channel->engaged) {
    channel->epoch = atomic_fetch_add(&seat->engagements, 1) + 1;
    channel->engaged = true;
  }
  struct round round = {channel->mapping, channel->generation, channel->epoch, channel->engaged,
                        channel->closing, channel->woken};
  channel->woken = false;
  pthread_mutex_unlock(&channel->lock);
  return round;
}

static struct waip_consumer *decide_ring(const struct waip_channel *channel, const struct round *round) {
  return &round->mapping->ports[channel->slot].decide;
}

static void drop_stale(struct waip_channel *channel, const struct round *round) {
  int32_t dropped = waip_decisions_drop(&channel->decisions, decide_ring(channel, round));
  if (dropped < 0) {
    waip_seat_violation(channel->seat, round->mapping);
  } else if (dropped > 0) {
    waip_seat_count(channel->seat, WAIP_RINGS_COUNTER_STALE_RECORDS, (uint64_t)dropped);
  }
}

/*
 * The first table of a generation is where its decisions begin: the planner wrote whatever it had to say
 * about the generation before ahead of it, and nothing is submitted until it is set here.
 */
static void set_table(struct waip_channel *channel, const struct round *round,
                      const struct waip_service_table *table) {
  pthread_mutex_lock(&channel->lock);
  bool first = channel->table == NULL;
  pthread_mutex_unlock(&channel->lock);
  if (first) {
    drop_stale(channel, round);
  }
  pthread_mutex_lock(&channel->lock);
  if (channel->generation == round->generation && channel->mapping == round->mapping &&
      channel->next_mapping == NULL) {
    channel->table = table;
  }
  pthread_mutex_unlock(&channel->lock);
}

static const struct waip_service_table *table_now(struct waip_channel *channel) {
  pthread_mutex_lock(&channel->lock);
  const struct waip_service_table *table = channel->table;
  pthread_mutex_unlock(&channel->lock);
  return table;
}

/* False when the planner is to be given up. */
static bool refresh_table(struct waip_channel *channel, const struct round *round) {
  const struct waip_service_table *table = NULL;
  const unsigned char *memory = waip_mapping_channel(round->mapping, channel->slot);
  switch (waip_table_read(&channel->tables, memory, round->generation, &table)) {
    case WAIP_TABLE_NEW:
      set_table(channel, round, table);
      return true;
    case WAIP_TABLE_BROKEN:
      return false;
    case WAIP_TABLE_FOREIGN:
      /* Another generation's after this one's: the requests held under this one would be forgotten. */
      return table_now(channel) == NULL;
    default:
      return true;
  }
}

static bool over(const struct round *round) {
  return atomic_load_explicit(&round->mapping->lost, memory_order_acquire) ||
         atomic_load_explicit(&round->mapping->violation, memory_order_acquire) != 0;
}

static void hand_on(struct waip_channel *channel, const struct round *round) {
  struct waip_decisions *decisions = &channel->decisions;
  channel->settings.decided(channel->settings.owner, round->epoch, decisions->members, decisions->count);
}

/* Reads at most a ring full of decisions, so that the rest of the round comes to its turn. True: some. */
static bool read_decisions(struct waip_channel *channel, const struct round *round, uint64_t now) {
  struct waip_consumer *ring = decide_ring(channel, round);
  for (int i = 0; i < WAIP_RINGS_CELLS; i++) {
    if (!waip_ring_readable(ring)) {
      return i > 0;
    }
    /* The table before the record: the planner writes in that order too. */
    const struct waip_service_table *table = NULL;
    bool sound = refresh_table(channel, round);
    if (over(round) || (sound && (table = table_now(channel)) == NULL)) {
      return i > 0;
    }
    enum waip_decisions_result result =
        sound ? waip_decisions_take(&channel->decisions, ring, table, now) : WAIP_DECISIONS_BROKEN;
    if (result == WAIP_DECISIONS_BROKEN || (result == WAIP_DECISIONS_READY && channel->settings.decided == NULL)) {
      waip_seat_violation(channel->seat, round->mapping);
      return true;
    }
    if (result == WAIP_DECISIONS_READY) {
      hand_on(channel, round);
    }
  }
  return true;
}

/* True when something was there to do. */
static bool serve(struct waip_channel *channel, const struct round *round, uint64_t now) {
  if (over(round)) {
    return false;
  }
  if (!refresh_table(channel, round)) {
    waip_seat_violation(channel->seat, round->mapping);
    return true;
  }
  if (waip_decisions_overdue(&channel->decisions, now)) {
    waip_seat_violation(channel->seat, round->mapping);
    return true;
  }
  if (!round->engaged || table_now(channel) == NULL) {
    /* Nothing was submitted, so whatever is there is about something else. */
    drop_stale(channel, round);
    return false;
  }
  return read_decisions(channel, round, now);
}

static void tick(struct waip_channel *channel, bool woken, uint64_t now) {
  if (woken || now - channel->last_tick_nanos >= tick_nanos) {
    channel->last_tick_nanos = now;
    if (channel->settings.tick != NULL) {
      channel->settings.tick(channel->settings.owner, now);
    }
  }
}

/* Whether there is a whole table that was not read for this generation yet. */
static bool has_new_table(const struct waip_channel *channel, const struct round *round) {
  const unsigned char *memory = waip_mapping_channel(round->mapping, channel->slot);
  uint32_t version = waip_load_u32(memory + WAIP_RINGS_TABLE_OFFSET + WAIP_RINGS_TABLE_VERSION);
  return version != 0 && version % 2 == 0 &&
         (version != channel->tables.version || round->generation != channel->tables.generation);
}

/* Looks for work after the sleep was announced. */
static bool has_work(struct waip_channel *channel, const struct round *round) {
  pthread_mutex_lock(&channel->lock);
  bool work = channel->woken || channel->closing || channel->next_mapping != NULL || channel->lost_epoch != 0;
  pthread_mutex_unlock(&channel->lock);
  return work ||
         (!over(round) && (waip_ring_readable(decide_ring(channel, round)) || has_new_table(channel, round)));
}

static void sleep_a_little(void) {
  struct timespec millisecond = waip_timespec(1000000u);
  nanosleep(&millisecond, NULL);
}

static void rest(struct waip_channel *channel, const struct round *round, uint64_t now) {
  unsigned char *word = waip_mapping_channel(round->mapping, channel->slot) + WAIP_RINGS_CHANNEL_DISPATCHER_PARKED;
  waip_park(word);
  if (has_work(channel, round)) {
    waip_park_end(word);
    channel->short_sleeps = 0;
    return;
  }
  uint64_t idle = now - channel->last_tick_nanos;
  waip_park_wait(word, idle < tick_nanos ? tick_nanos - idle : 0);
  if (waip_now() - now >= short_sleep_nanos) {
    channel->short_sleeps = 0;
  } else if (++channel->short_sleeps > SHORT_SLEEPS_MAX) {
    sleep_a_little();
  }
}

void *waip_dispatcher_main(void *argument) {
  struct waip_channel *channel = argument;
  for (;;) {
    follow(channel);
    struct round round = begin_round(channel);
    if (round.closing) {
      return NULL;
    }
    uint64_t now = waip_now();
    bool worked = serve(channel, &round, now);
    tick(channel, round.woken, now);
    if (worked) {
      channel->short_sleeps = 0;
    } else {
      rest(channel, &round, now);
    }
  }
}
