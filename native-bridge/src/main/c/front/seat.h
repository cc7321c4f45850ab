/*
 * The seat: what stands between the front's models and the planner. It owns the control page, the
 * mapping of the current epoch, the planner's process and one dispatcher thread for each channel. It
 * knows nothing of Triton. Everything read from shared memory is checked before it is handed on.
 *
 * The owner of a channel keeps one mutex, the *channel lock*, over the states of its requests and holds
 * it around waip_channel_table, _submit and _complete. The callbacks are called without it. When a
 * planner is lost, the channel is first made unengaged, then `lost` is called: after the owner has taken
 * its lock there, no request of the lost epoch can be added any more.
 *
 * What owners know as the epoch is the number of the channel's engagement: it grows, and is never used
 * twice in a process. It ends with the planner, and also when the bypass is switched on: the planner then
 * stays, its channel is opened anew under another generation, and `lost` gives the owner its requests. The
 * same happens, for channels with few requests, while the planner is silent and not yet given up, and for good
 * when a signal ends the server.
 *
 * The seat counts BAD_RECORDS, PLANNER_STARTS, LOST_*, SUSPECTED, EXECUTIONS, EXECUTIONS_LOST and those
 * STALE_RECORDS it drops itself; everything else is counted by the owners.
 */
#ifndef WAIP_FRONT_SEAT_H
#define WAIP_FRONT_SEAT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "waip/rings.h"

/*
 * Most requests that are taken from a planner that is only silent: forwarding more would take the targets
 * longer than most pauses last, and be in the way of everything that comes after.
 */
enum { WAIP_SUSPECT_HELD_MAX = 256 };

struct waip_seat;
struct waip_channel;

enum waip_seat_kind {
  /* The seat starts and supervises the planner's process. */
  WAIP_SEAT_CHILD,
  /* The JVM this library lives in maps the memory itself; nothing is started. */
  WAIP_SEAT_INPROCESS
};

struct waip_seat_settings {
  enum waip_seat_kind kind;
  /* Folder of the control page, made with mode 0700; NULL: /dev/shm/waip-<pid>. */
  const char *control_folder;
  /*
   * Program and arguments of the planner, ended by NULL; the first is a path. The seat adds
   * `--rings /proc/self/fd/3`, where the mapping is open in the child. Only for WAIP_SEAT_CHILD.
   */
  const char *const *command;
  /* A heartbeat older than this loses the planner. Default 500 ms, [100 ms, 60 s]. */
  uint64_t heartbeat_timeout_nanos;
  /*
   * A planner whose heartbeat is older than this gets no requests until it is heard again, and loses those of
   * a channel that are WAIP_SUSPECT_HELD_MAX at most. Default 150 ms, [50 ms, the heartbeat time-out], and
   * never more than that.
   */
  uint64_t suspect_timeout_nanos;
  /* Longest time from the start to the first READY. Default 60 s, [1 s, 600 s]. */
  uint64_t start_timeout_nanos;
  /* Pause before the next start, doubled at each loss, reset after 30 s of service. Default 200 ms to 10 s. */
  uint64_t backoff_min_nanos;
  uint64_t backoff_max_nanos;
  /*
   * Whether SIGTERM and SIGINT are heard before the server's handlers get them, so that owners have their
   * requests back first, within 500 ms. Signals that end the process by default or are ignored are left alone.
   */
  bool drain_on_signal;
  /* Gets one line for each change of state; may be NULL. */
  void (*log)(const char *line);
};

/* The service table, copied and checked: texts end, counts are in range. Never changes once handed out. */
struct waip_service_table {
  uint32_t variant_count;
  bool planned;
  bool paddable;
  uint32_t length_axis;
  int64_t pad_value;
  uint32_t trim_count;
  char length_input[WAIP_RINGS_NAME_BYTES];
  char mask_input[WAIP_RINGS_NAME_BYTES];
  char trim_outputs[WAIP_RINGS_TRIMS][WAIP_RINGS_NAME_BYTES];
  char variants[WAIP_RINGS_VARIANTS][WAIP_RINGS_NAME_BYTES];
};

struct waip_submit_record {
  uint32_t slot;
  uint32_t generation;
  uint64_t arrival_nanos;
  uint64_t deadline_nanos;
  uint64_t tenant_hash;
  uint64_t region_hash;
  uint64_t merge_key;
  uint64_t input_bytes;
  uint32_t tier;
  uint32_t priority;
  uint32_t length;
  uint32_t rows;
  bool alone;
};

struct waip_complete_record {
  uint32_t kind; /* WAIP_RINGS_COMPLETE_* */
  uint32_t slot;
  uint32_t generation;
  uint32_t variant;
  uint64_t dispatch;
  uint64_t execution_nanos;
  uint64_t at_nanos;
};

struct waip_decision {
  uint32_t kind; /* WAIP_RINGS_DECIDE_* */
  uint32_t slot;
  uint32_t generation;
  uint32_t variant; /* < variant_count of the table */
  uint64_t dispatch;
  uint32_t padded_length;
  uint32_t reason;
  uint32_t outcome;
  uint64_t retry_after_nanos;
};

enum waip_submit_result {
  WAIP_SUBMITTED,
  /* No planner, bypassed, no table, or the table says to observe: forward the request. */
  WAIP_SUBMIT_NO_PLANNER,
  WAIP_SUBMIT_BYPASS,
  WAIP_SUBMIT_NO_TABLE,
  WAIP_SUBMIT_RING_FULL
};

struct waip_channel_settings {
  uint32_t kind;      /* WAIP_RINGS_KIND_* */
  const char *model;  /* at most WAIP_RINGS_NAME_BYTES - 1 bytes */
  const char *default_variant;
  uint32_t max_batch;
  void *owner;
  /* How many requests the owner holds for the planner; kept by it. NULL: not known. */
  const _Atomic uint32_t *held;
  /*
   * The members of one dispatch, or one refusal; on the dispatcher thread. Slot, generation, reason and
   * outcome are as the planner wrote them, any number at all, and a slot may come twice: the owner compares
   * with its own. The array is valid during the call. waip_channel_table is the table the variant was
   * checked against, or NULL when the planner was lost meanwhile.
   */
  void (*decided)(void *owner, uint64_t epoch, const struct waip_decision *members, uint32_t count);
  /* Everything submitted in an epoch <= this one is the owner's again; on the dispatcher thread. */
  void (*lost)(void *owner, uint64_t epoch);
  /*
   * Called on the dispatcher thread at least every 100 ms and after each wake: for polling cancellations,
   * refreshing what is known of targets and the like. May be NULL.
   */
  void (*tick)(void *owner, uint64_t now_nanos);
};

/* Starts the seat: control page, first mapping, supervisor thread. False with a line in `error`. */
bool waip_seat_open(const struct waip_seat_settings *settings, struct waip_seat **seat, char *error,
                    size_t error_bytes);

/* Ends the planner (SIGTERM, then SIGKILL after 2 s), the threads, the mapping and the control page. */
void waip_seat_close(struct waip_seat *seat);

/* Adds to a counter of the control page, WAIP_RINGS_COUNTER_*. Any thread. */
void waip_seat_count(struct waip_seat *seat, uint32_t counter, uint64_t n);
uint64_t waip_seat_counter(const struct waip_seat *seat, uint32_t counter);

/* Opens a channel and starts its dispatcher. False with a line in `error`, e.g. when none is free. */
bool waip_channel_open(struct waip_seat *seat, const struct waip_channel_settings *settings,
                       struct waip_channel **channel, char *error, size_t error_bytes);

/* Ends the dispatcher and frees the channel. The owner has no request open. */
void waip_channel_close(struct waip_channel *channel);

/*
 * The table in force, or NULL when there is none of this epoch. Valid until the channel is closed. Under
 * the channel lock.
 */
const struct waip_service_table *waip_channel_table(struct waip_channel *channel);

/* Gives a request to the planner; `epoch` is set when it was taken. Allocates nothing. Under the channel lock. */
enum waip_submit_result waip_channel_submit(struct waip_channel *channel,
                                            const struct waip_submit_record *record, uint64_t *epoch);

/*
 * Reports an end to the planner of `epoch`; dropped when that epoch is over. Never fails: a planner that
 * does not take completions is lost. Under the channel lock.
 */
void waip_channel_complete(struct waip_channel *channel, uint64_t epoch,
                           const struct waip_complete_record *record);

/*
 * Reports a withdrawal in the same way. False when the planner has so many ends to read that it is to be
 * said later: withdrawals come by the thousand when a client goes away, and never take the room of other
 * ends. Under the channel lock.
 */
bool waip_channel_withdraw(struct waip_channel *channel, uint64_t epoch,
                           const struct waip_complete_record *record);

/* Writes what the planner needs to know of the targets. Any thread. */
void waip_channel_instances(struct waip_channel *channel, uint32_t default_variant,
                            const uint32_t variants[WAIP_RINGS_VARIANTS]);
void waip_channel_foreign(struct waip_channel *channel, uint32_t children);

/* Wakes the dispatcher thread, which then calls `tick`. Any thread. */
void waip_channel_wake(struct waip_channel *channel);

/* ---- Direct mode: a batch executed by the planner, the caller blocked until it is done -------------- */

struct waip_execution {
  struct waip_channel *channel;
  void *mapping; /* the seat's; kept alive by the execution */
  unsigned char *slot; /* WAIP_RINGS_ARENA_SLOT_BYTES of shared memory, header first */
  uint32_t index;
  uint32_t generation;
};

enum waip_execution_result {
  WAIP_EXECUTED,
  /* The executor said no; its message is in the slot header, to be read with care. */
  WAIP_EXECUTION_FAILED,
  /* There is no planner, or it was lost meanwhile. */
  WAIP_EXECUTION_LOST
};

/*
 * Leases a slot of the arena, waiting for a free one; false when there is no planner that is ready. The
 * bypass does not matter here: it is about planning, and where the planner executes there is nobody else.
 */
bool waip_execution_begin(struct waip_channel *channel, struct waip_execution *execution);

/* Posts the slot, whose inputs the caller has written, and blocks until it is done or lost. */
enum waip_execution_result waip_execution_run(struct waip_execution *execution);

/* Returns the slot. Always called after a begin that returned true. */
void waip_execution_end(struct waip_execution *execution);

#endif
