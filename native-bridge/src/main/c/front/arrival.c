#include "arrival.h"

#include "child_request.h"
#include "children.h"
#include "descriptor.h"
#include "errors.h"
#include "parents.h"
#include "targets.h"

/* The counter of each cause for which a request is forwarded. */
static uint32_t counter_of(enum waip_submit_result result) {
  switch (result) {
    case WAIP_SUBMIT_BYPASS: return WAIP_RINGS_COUNTER_FORWARDED_BYPASS;
    case WAIP_SUBMIT_NO_TABLE: return WAIP_RINGS_COUNTER_FORWARDED_NO_TABLE;
    case WAIP_SUBMIT_RING_FULL: return WAIP_RINGS_COUNTER_FORWARDED_RING_FULL;
    default: return WAIP_RINGS_COUNTER_FORWARDED_NO_PLANNER;
  }
}

/* Gives the parent a slot and the planner its record; else the counter of the cause. */
static bool submit_locked(struct waip_parent *parent, struct waip_submit_record *record, uint32_t *counter) {
  struct waip_model *model = parent->model;
  if (!waip_slots_take(&model->slots, parent, &parent->slot, &parent->generation)) {
    *counter = WAIP_RINGS_COUNTER_FORWARDED_SLOTS_FULL;
    return false;
  }
  record->slot = parent->slot;
  record->generation = parent->generation;
  enum waip_submit_result result = waip_channel_submit(model->channel, record, &parent->epoch);
  if (result != WAIP_SUBMITTED) {
    waip_slots_give(&model->slots, parent->slot);
    *counter = counter_of(result);
    return false;
  }
  parent->has_slot = true;
  parent->state = WAIP_SLOT_HELD;
  parent->merge_key = record->merge_key;
  parent->rows = record->rows;
  parent->length = record->length;
  parent->alone = record->alone;
  waip_held_append_locked(model, parent);
  return true;
}

enum verdict { OFFERED, FORWARD, UNREADABLE };

/*
 * Asks whether there is a planner first: without one nothing of the request is read, and no parameter
 * can be wrong.
 */
static enum verdict offer(struct waip_parent *parent, struct waip_message *fault) {
  struct waip_model *model = parent->model;
  struct waip_submit_record record = {.arrival_nanos = parent->arrival_nanos, .length = 1, .rows = 1,
                                      .alone = true};
  uint32_t counter = WAIP_RINGS_COUNTER_FORWARDED_NO_PLANNER;
  if (model->channel == NULL) {
    waip_count(model, counter, 1);
    return FORWARD;
  }
  pthread_mutex_lock(&model->lock);
  const struct waip_service_table *table = waip_channel_table(model->channel);
  bool stateful = model->targets[0].stateful;
  pthread_mutex_unlock(&model->lock);
  if (stateful) {
    return FORWARD; /* the order within a sequence, and its model, have to stay */
  }
  if (table != NULL && table->planned) {
    struct waip_lengths lengths = waip_lengths_of(table);
    if (!waip_describe(parent->request, model->config.max_batch > 0, &lengths, &record, fault)) {
      return UNREADABLE;
    }
    if (!waip_parent_pin(parent)) {
      return FORWARD; /* which tells the client what the server has to say */
    }
  }
  pthread_mutex_lock(&model->lock);
  bool taken = submit_locked(parent, &record, &counter);
  pthread_mutex_unlock(&model->lock);
  waip_count(model, taken ? WAIP_RINGS_COUNTER_PLANNED : counter, 1);
  return taken ? OFFERED : FORWARD;
}

static void refuse(struct waip_parent *parent, const struct waip_message *fault) {
  TRITONSERVER_Error *error = waip_error(TRITONSERVER_ERROR_INVALID_ARG, "%s", fault->text);
  waip_count(parent->model, WAIP_RINGS_COUNTER_INVALID, 1);
  waip_parent_fail(parent, error);
  waip_ignore(error);
  waip_parent_settle(parent);
}

void waip_arrive(struct waip_instance *instance, TRITONBACKEND_Request *request) {
  struct waip_message fault;
  struct waip_model *model = instance->model;
  struct waip_parent *parent = waip_parent_open(instance, request, waip_now_nanos());
  waip_count(model, WAIP_RINGS_COUNTER_REQUESTS, 1);
  if (parent == NULL) {
    waip_request_refuse(request, waip_error(TRITONSERVER_ERROR_UNAVAILABLE, "waip: out of memory"));
    return;
  }
  waip_target_learn(model, &model->targets[0]);
  switch (offer(parent, &fault)) {
    case FORWARD: waip_parent_forward(parent); break;
    case UNREADABLE: refuse(parent, &fault); break;
    default: break; /* from here on it is the dispatcher's, and may already be gone */
  }
}
