/* What the parts of the seat share. Lock order: a channel's owner, the seat, a channel. */
#ifndef WAIP_FRONT_SEAT_STATE_H
#define WAIP_FRONT_SEAT_STATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "control.h"
#include "decisions.h"
#include "mapping.h"
#include "process.h"
#include "seat.h"
#include "table.h"

enum { WAIP_DYING_MAX = 16 };

/* Private to the supervisor's thread, apart from `closing` and `wake_fd`. */
struct waip_supervisor {
  pthread_t thread;
  int wake_fd;
  atomic_bool closing;
  char **argv;
  struct waip_process process;
  uint32_t state; /* WAIP_RINGS_PLANNER_* */
  uint64_t state_since_nanos;
  uint64_t next_start_nanos;
  uint64_t backoff_nanos;
  uint64_t last_look_nanos;
  uint64_t heartbeat;
  uint64_t heartbeat_age_nanos;
  bool bypassed;
  bool suspected; /* silent, and not given up yet */
  bool emptied;   /* every request was taken back, for the bypass or the end */
  bool listening; /* for signals, at all of them */
  bool draining;  /* the server is about to end */
  pid_t dying[WAIP_DYING_MAX]; /* killed and not reaped yet; 0: free */
};

struct waip_seat {
  struct waip_seat_settings settings; /* defaults filled in */
  struct waip_control control;
  /*
   * Bypassed, suspected or draining, as the supervisor saw last: while it is set nothing is submitted and no
   * channel becomes engaged.
   */
  atomic_bool out_of_path;
  /* Numbers of engagements handed out; what owners know as the epoch. */
  _Atomic uint64_t engagements;
  pthread_mutex_t lock;
  struct waip_mapping *current;     /* under lock */
  struct waip_channel *channels;    /* under lock */
  bool slot_used[WAIP_RINGS_CHANNELS];
  uint64_t slot_freed[WAIP_RINGS_CHANNELS]; /* when, as a count of closings; 0: never used */
  uint64_t closings;
  struct waip_supervisor supervisor;
};

struct waip_channel {
  struct waip_seat *seat;
  struct waip_channel_settings settings;
  char model[WAIP_RINGS_NAME_BYTES];
  char default_variant[WAIP_RINGS_NAME_BYTES];
  uint32_t slot;
  struct waip_channel *next; /* under the seat's lock */
  pthread_t dispatcher;

  pthread_mutex_t lock; /* over the fields up to `foreign` */
  struct waip_mapping *mapping;      /* changed by the dispatcher only */
  struct waip_mapping *next_mapping; /* NULL, or what the dispatcher is to change to */
  uint32_t generation;
  bool engaged;
  uint64_t epoch;      /* of the engagement */
  uint64_t lost_epoch; /* engagement that ended and whose owner was not told yet; 0: none */
  const struct waip_service_table *table;
  bool woken;
  bool closing;
  uint32_t default_instances;
  uint32_t instances[WAIP_RINGS_VARIANTS];
  uint32_t foreign;

  /* Private to the dispatcher's thread. */
  struct waip_table_store tables;
  struct waip_decisions decisions;
  uint64_t last_tick_nanos;
  uint32_t short_sleeps;
};

/* Wakes the supervisor. Any thread, any lock held. */
void waip_supervisor_wake(struct waip_seat *seat);

/* Counts a bad record and gives the mapping's planner up, soon. Any thread, any lock held. */
void waip_seat_violation(struct waip_seat *seat, struct waip_mapping *mapping);

/* Starts a thread that takes no signal: they are for the server's threads. False with errno. */
bool waip_thread_start(pthread_t *thread, void *(*body)(void *), void *argument);

/* Supervisor's thread: reads the control page, watches the planner, starts the next one. */
bool waip_supervisor_open(struct waip_seat *seat, char *error, size_t error_bytes);
void waip_supervisor_close(struct waip_seat *seat);

/* ---- Channels, as the supervisor sees them; under the seat's lock ---------------------------------- */

/* Takes the channel's requests from the planner; its owner hears of it on the dispatcher's thread. */
void waip_channel_disengage(struct waip_channel *channel);

/* Opens the channel in a fresh mapping, which the dispatcher changes to. */
void waip_channel_attach(struct waip_channel *channel, struct waip_mapping *mapping);

/* Disengages, and opens the channel anew in its mapping under the next generation. */
void waip_channel_restart(struct waip_channel *channel);

/* Whether the owner has been told of everything that is its own again. */
bool waip_channel_told(struct waip_channel *channel);

/* The dispatcher's thread. */
void *waip_dispatcher_main(void *channel);

#endif
