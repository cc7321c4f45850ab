/*
 * A loaded model of this backend and what it keeps of its requests.
 *
 * A client's request is a *parent*. A parent is sent on in a *child*, a request to a target model in the
 * same server; a child carries one parent, or several whose rows are merged. Parents the planner knows
 * have a slot; they go HELD -> DECIDED -> SENT -> DONE. Forwarded ones have none and are SENT at once.
 *
 * Locks: `lock` is the channel lock of seat.h. It guards every field below that is not constant after the
 * load. It is never held while a request is handed to Triton, answered or released: functions named
 * *_locked expect it, all others take it themselves and call Triton without it.
 *
 * Memory: parents, children and dispatches come from pools under the lock and are reused.
 */
#ifndef WAIP_FRONT_MODEL_H
#define WAIP_FRONT_MODEL_H

#include <pthread.h>
#include <stdatomic.h>

#include "buffers.h"
#include "model_config.h"
#include "pool.h"
#include "seat.h"
#include "slots.h"
#include "waip/triton_api.h"

enum {
  /* Parents of one child. A dispatch of more rows becomes several children. */
  WAIP_CHILD_MEMBERS = 256,
  /* Models that children of one front were sent to since it was loaded. */
  WAIP_TARGETS = 64
};

struct waip_backend;
struct waip_child;
struct waip_model;

struct waip_instance {
  struct waip_model *model;
  TRITONBACKEND_ModelInstance *handle; /* NULL once the instance is gone; under statistics_lock */
  struct waip_instance *next;
};

struct waip_parent {
  struct waip_model *model;
  struct waip_instance *instance;
  TRITONBACKEND_Request *request;
  /* Set when a target already writes into the client's buffer: there may be one response only. */
  TRITONBACKEND_Response *response;
  /*
   * Of a parent that was given to the planner: a request to the default variant, still empty. It keeps
   * that model loaded while the parent is held, so that a target that is unloaded still answers it, as it
   * would answer what waits in its own queue.
   */
  TRITONSERVER_InferenceRequest *pinned;
  struct waip_parent *older; /* of the list of held parents, in order of arrival */
  struct waip_parent *newer;
  struct waip_parent *next; /* of a list made and used up by one function */
  uint64_t arrival_nanos;
  uint64_t compute_start_nanos;
  uint64_t compute_end_nanos;
  uint64_t epoch;
  uint64_t merge_key;
  uint32_t slot;
  uint32_t generation;
  uint32_t rows;
  uint32_t length;
  /* One until it is answered, and one for each child that may read its buffers. */
  uint32_t holds;
  enum waip_slot_state state;
  bool has_slot;
  bool alone;
  bool responded; /* a response was sent to the client */
  bool answered;  /* the last response was sent */
  bool succeeded;
};

/* A model that children are sent to. */
struct waip_target {
  char name[WAIP_RINGS_NAME_BYTES];
  bool known; /* the fields below were read from the server */
  bool decoupled;
  bool stateful;      /* sequences: requests of one have to stay in order and on one model */
  uint32_t instances; /* 0 while unknown */
  uint32_t max_batch;
  uint64_t asked_nanos;
  uint32_t in_flight; /* children that were decided, not forwarded ones */
  struct waip_child *first_waiting;
  struct waip_child *last_waiting;
};

/* What the planner ordered in one go; complete once all its children have ended. */
struct waip_dispatch {
  uint64_t id;
  uint64_t epoch;
  uint64_t started_nanos;
  uint32_t variant;
  uint32_t slot; /* of the first member */
  uint32_t generation;
  uint32_t retired; /* chain of the members' slots, freed when the planner is told of the end */
  uint32_t children;
  bool failed;
};

struct waip_child {
  struct waip_model *model;
  struct waip_target *target;
  struct waip_dispatch *dispatch; /* NULL when forwarded */
  TRITONSERVER_InferenceRequest *request;
  struct waip_child *next; /* of a waiting queue, or of a list made by one function */
  struct waip_child *older; /* of the list of children in flight */
  struct waip_child *newer;
  const struct waip_service_table *table; /* of the decision; NULL when forwarded */
  uint64_t epoch; /* 0 when forwarded */
  uint64_t sent_nanos;
  uint32_t rows;
  uint32_t padded_length; /* 0 when nothing is padded */
  /*
   * One until the request is released, one until the last response came, one while it is being handed to
   * the server or cancelled.
   */
  uint32_t holds;
  bool streams;   /* the target sends streams of responses, which the front's clients do not expect */
  bool submitted; /* the server has it: it can be cancelled */
  bool cancelled;
  bool failed;
  bool resend;          /* its parents go to the default variant instead of being answered */
  bool pooled_output; /* an output is in a buffer of ours: those that follow are too */
  uint32_t count;
  struct waip_parent *members[WAIP_CHILD_MEMBERS];
};

struct waip_model {
  TRITONBACKEND_Model *handle;
  TRITONSERVER_Server *server;
  struct waip_backend *backend;
  struct waip_seat *seat;       /* NULL when it could not be opened */
  struct waip_channel *channel; /* NULL when there is none: everything is forwarded */
  TRITONSERVER_ResponseAllocator *allocator;
  char name[WAIP_RINGS_NAME_BYTES];
  struct waip_model_config config;
  struct waip_buffers buffers;
  /* Cleared once a target answers another shape than is declared. */
  _Atomic bool direct_outputs;

  pthread_rwlock_t statistics_lock; /* guards the handles of instances, which may go before requests do */
  struct waip_instance *instances;

  pthread_mutex_t lock;
  struct waip_slots slots;
  struct waip_pool parents;
  struct waip_pool children;
  struct waip_pool dispatches;
  _Atomic uint32_t held; /* requests in the list below */
  struct waip_parent *oldest_held;
  struct waip_parent *newest_held;
  struct waip_child *oldest_child;
  struct waip_child *newest_child;
  uint64_t lost_epoch;        /* epochs up to this one are over */
  uint32_t planned_children;  /* in flight, ordered by the planner of the present epoch */
  uint32_t foreign_children;  /* in flight, unknown to it */
  uint64_t refreshed_nanos;   /* when targets were last asked about, and under which table */
  const struct waip_service_table *refreshed_table;
  uint32_t target_count; /* the first is the default variant */
  struct waip_target targets[WAIP_TARGETS];
};

/* CLOCK_MONOTONIC. */
uint64_t waip_now_nanos(void);

/* Adds to a counter of the control page. Any thread. */
void waip_count(struct waip_model *model, uint32_t counter, uint64_t n);

#endif
