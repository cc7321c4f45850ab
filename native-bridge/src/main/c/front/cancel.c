#include "cancel.h"

#include "children.h"
#include "dispatch.h"
#include "errors.h"
#include "parents.h"

/* Children cancelled in one go; the rest follow on the next tick. */
enum { CANCEL_BATCH = 64 };

static bool client_left(const struct waip_parent *parent) {
  bool cancelled = false;
  waip_ignore(TRITONBACKEND_RequestIsCancelled(parent->request, &cancelled));
  return cancelled;
}

/* False when the planner is to be told later; until then it may still decide on the request. */
static bool report_locked(struct waip_model *model, const struct waip_parent *parent, uint64_t now_nanos) {
  struct waip_complete_record record = {.kind = WAIP_RINGS_COMPLETE_CANCELLED,
                                        .slot = parent->slot,
                                        .generation = parent->generation,
                                        .at_nanos = now_nanos};
  return waip_channel_withdraw(model->channel, parent->epoch, &record);
}

/* One that is already decided is left: it is cancelled once it is sent. */
static struct waip_parent *take_left_locked(struct waip_model *model, uint64_t now_nanos) {
  struct waip_parent *list = NULL;
  struct waip_parent *parent = model->oldest_held;
  while (parent != NULL) {
    struct waip_parent *newer = parent->newer;
    if (parent->state == WAIP_SLOT_HELD && client_left(parent)) {
      if (!report_locked(model, parent, now_nanos)) {
        break; /* the rest on the next tick */
      }
      waip_parent_sent_locked(parent, NULL);
      parent->state = WAIP_SLOT_DONE;
      parent->next = list;
      list = parent;
    }
    parent = newer;
  }
  return list;
}

void waip_cancel_held(struct waip_model *model, uint64_t now_nanos) {
  pthread_mutex_lock(&model->lock);
  struct waip_parent *list = take_left_locked(model, now_nanos);
  pthread_mutex_unlock(&model->lock);
  while (list != NULL) {
    struct waip_parent *parent = list;
    list = parent->next;
    TRITONSERVER_Error *error = waip_error(TRITONSERVER_ERROR_CANCELLED, "waip: cancelled by the client");
    waip_count(model, WAIP_RINGS_COUNTER_CANCELLED, 1);
    waip_parent_fail(parent, error);
    waip_ignore(error);
    waip_parent_settle(parent);
  }
}

static bool all_left(const struct waip_child *child) {
  for (uint32_t i = 0; i < child->count; i++) {
    if (!client_left(child->members[i])) {
      return false;
    }
  }
  return true;
}

void waip_cancel_sent(struct waip_model *model) {
  struct waip_child *left[CANCEL_BATCH];
  uint32_t count = 0;
  pthread_mutex_lock(&model->lock);
  for (struct waip_child *child = model->oldest_child; child != NULL && count < CANCEL_BATCH;
       child = child->newer) {
    if (child->submitted && !child->cancelled && all_left(child)) {
      child->cancelled = true;
      child->holds++;
      left[count++] = child;
    }
  }
  pthread_mutex_unlock(&model->lock);
  for (uint32_t i = 0; i < count; i++) {
    waip_count(model, WAIP_RINGS_COUNTER_CANCELLED, left[i]->count);
    waip_ignore(TRITONSERVER_InferenceRequestCancel(left[i]->request));
    waip_child_drop(left[i]);
  }
}
