#include "children.h"

#include <string.h>

#include "child_request.h"
#include "dispatch.h"
#include "errors.h"
#include "parents.h"
#include "scatter.h"
#include "statistics.h"
#include "targets.h"

static const char PLANNER_LOST[] = "waip: planner_lost";

struct waip_child *waip_child_open_locked(struct waip_model *model, struct waip_target *target) {
  struct waip_child *child = waip_pool_take(&model->children);
  if (child != NULL) {
    child->model = model;
    child->target = target;
  }
  return child;
}

void waip_child_add_locked(struct waip_child *child, struct waip_parent *parent) {
  parent->holds++;
  child->members[child->count++] = parent;
  child->rows += parent->rows;
}

void waip_child_discard_locked(struct waip_child *child) {
  for (uint32_t i = 0; i < child->count; i++) {
    child->members[i]->holds--;
  }
  waip_pool_give(&child->model->children, child);
}

static void unlink_child_locked(struct waip_child *child) {
  struct waip_model *model = child->model;
  *(child->older == NULL ? &model->oldest_child : &child->older->newer) = child->newer;
  *(child->newer == NULL ? &model->newest_child : &child->newer->older) = child->older;
}

static bool is_planned_locked(const struct waip_child *child) {
  return child->dispatch != NULL && child->epoch > child->model->lost_epoch;
}

static void tell_foreign_locked(struct waip_model *model) {
  if (model->channel != NULL) {
    waip_channel_foreign(model->channel, model->foreign_children);
  }
}

void waip_child_launch_locked(struct waip_child *child, uint64_t now_nanos) {
  struct waip_model *model = child->model;
  child->sent_nanos = now_nanos;
  child->holds = 3;
  child->streams = child->target->decoupled && !model->config.decoupled;
  child->older = model->newest_child;
  child->newer = NULL;
  *(child->older == NULL ? &model->oldest_child : &child->older->newer) = child;
  model->newest_child = child;
  if (child->dispatch == NULL) {
    model->foreign_children++;
    tell_foreign_locked(model);
  } else {
    model->planned_children++;
    child->target->in_flight++;
    if (child->dispatch->started_nanos == 0) {
      child->dispatch->started_nanos = now_nanos;
    }
  }
  for (uint32_t i = 0; i < child->count; i++) {
    child->members[i]->compute_start_nanos = now_nanos;
    waip_parent_sent_locked(child->members[i], child->dispatch);
  }
  waip_count(model, WAIP_RINGS_COUNTER_CHILDREN, 1);
  waip_count(model, WAIP_RINGS_COUNTER_CHILD_PARENTS, child->count);
}

/* ---- The end of a child ---- */

/* Its parents go back to Triton last of all: with them the model may go. */
static void destroy(struct waip_child *child) {
  struct waip_model *model = child->model;
  TRITONBACKEND_Request *released[WAIP_CHILD_MEMBERS];
  struct waip_parent *closing[WAIP_CHILD_MEMBERS];
  uint32_t count = 0;
  if (child->request != NULL) {
    waip_ignore(TRITONSERVER_InferenceRequestDelete(child->request));
  }
  if (!child->resend) {
    waip_statistics_execution(child->members[0], child->rows);
  }
  pthread_mutex_lock(&model->lock);
  for (uint32_t i = 0; i < child->count; i++) {
    if (--child->members[i]->holds == 0) {
      closing[count++] = child->members[i];
    }
  }
  waip_pool_give(&model->children, child);
  pthread_mutex_unlock(&model->lock);
  for (uint32_t i = 0; i < count; i++) {
    released[i] = waip_parent_close(closing[i]);
  }
  for (uint32_t i = 0; i < count; i++) {
    waip_ignore(TRITONBACKEND_RequestRelease(released[i], TRITONSERVER_REQUEST_RELEASE_ALL));
  }
}

/* Drops holds; whoever drops the last one takes the child apart. */
static bool drop_locked(struct waip_child *child, uint32_t holds) {
  child->holds -= holds;
  return child->holds == 0;
}

/* Books the end and takes the next children that now have a place; they are the caller's to start. */
static struct waip_child *end_locked(struct waip_child *child, uint64_t now_nanos) {
  struct waip_model *model = child->model;
  struct waip_child *next = NULL;
  unlink_child_locked(child);
  if (is_planned_locked(child)) {
    model->planned_children--;
  } else {
    model->foreign_children--;
    tell_foreign_locked(model);
  }
  if (child->dispatch != NULL) {
    child->target->in_flight--;
    waip_dispatch_child_ended_locked(child, now_nanos);
    child->dispatch = NULL;
    next = waip_waiting_take_locked(model, child->target, now_nanos);
  }
  for (uint32_t i = 0; i < child->count; i++) {
    /* The hold of the answer; a parent that is sent again keeps it. */
    child->members[i]->holds -= child->members[i]->answered;
  }
  return next;
}

/* The child has had its last response, or never got to the server and loses all its holds. */
static void end(struct waip_child *child, uint32_t holds) {
  struct waip_model *model = child->model;
  uint64_t now_nanos = waip_now_nanos();
  pthread_mutex_lock(&model->lock);
  struct waip_child *next = end_locked(child, now_nanos);
  bool resend = child->resend;
  child->holds += resend; /* its members are read below */
  bool last = drop_locked(child, holds);
  pthread_mutex_unlock(&model->lock);
  if (resend) {
    for (uint32_t i = 0; i < child->count; i++) {
      waip_parent_forward(child->members[i]);
    }
    pthread_mutex_lock(&model->lock);
    last = drop_locked(child, 1);
    pthread_mutex_unlock(&model->lock);
  }
  waip_children_start(next);
  if (last) {
    destroy(child);
  }
}

/* ---- Triton's callbacks ---- */

void waip_child_drop(struct waip_child *child) {
  struct waip_model *model = child->model;
  pthread_mutex_lock(&model->lock);
  bool last = drop_locked(child, 1);
  pthread_mutex_unlock(&model->lock);
  if (last) {
    destroy(child);
  }
}

static void released(TRITONSERVER_InferenceRequest *request, const uint32_t flags, void *userp) {
  struct waip_child *child = userp;
  (void)request;
  if ((flags & TRITONSERVER_REQUEST_RELEASE_ALL) != 0) {
    waip_child_drop(child);
  }
}

static bool lost_planner(TRITONSERVER_Error *error) {
  return strncmp(TRITONSERVER_ErrorMessage(error), PLANNER_LOST, sizeof PLANNER_LOST - 1) == 0;
}

/*
 * An execution model that lost its planner, or a variant that is not loaded, is no reason to fail where
 * the default variant can serve.
 */
static bool may_resend(const struct waip_child *child, TRITONSERVER_Error *error, bool taken) {
  bool absent = !taken && TRITONSERVER_ErrorCode(error) == TRITONSERVER_ERROR_NOT_FOUND;
  if ((!absent && !lost_planner(error)) || child->target == &child->model->targets[0]) {
    return false;
  }
  for (uint32_t i = 0; i < child->count; i++) {
    if (child->members[i]->responded || child->members[i]->response != NULL) {
      return false;
    }
  }
  return true;
}

/* Whether an error speaks against the target, and not against what the client sent or wanted. */
static bool blames_target(TRITONSERVER_Error *error) {
  switch (TRITONSERVER_ErrorCode(error)) {
    case TRITONSERVER_ERROR_INVALID_ARG:
    case TRITONSERVER_ERROR_UNSUPPORTED:
    case TRITONSERVER_ERROR_ALREADY_EXISTS:
    case TRITONSERVER_ERROR_CANCELLED:
      return false;
    default:
      return true;
  }
}

/* `taken`: the server took the child, and its target answers. */
static void fail(struct waip_child *child, TRITONSERVER_Error *error, bool taken, bool final) {
  child->failed = child->failed || blames_target(error);
  if (may_resend(child, error, taken)) {
    child->resend = true;
    if (lost_planner(error)) {
      waip_count(child->model, WAIP_RINGS_COUNTER_RECLAIMED_EXECUTING, child->count);
    }
    return;
  }
  waip_count(child->model, WAIP_RINGS_COUNTER_TARGET_FAILED, child->count);
  for (uint32_t i = 0; i < child->count; i++) {
    struct waip_parent *parent = child->members[i];
    TRITONBACKEND_Response *response = NULL;
    if (parent->answered) {
      continue;
    }
    TRITONSERVER_Error *failure = waip_parent_response(parent, &response);
    if (failure == NULL) {
      waip_parent_send(parent, response, final, error);
    }
    parent->answered = final;
    waip_ignore(failure);
  }
}

static void deliver(struct waip_child *child, TRITONSERVER_InferenceResponse *response, bool final) {
  TRITONSERVER_Error *error = TRITONSERVER_InferenceResponseError(response);
  uint64_t now_nanos = waip_now_nanos();
  for (uint32_t i = 0; i < child->count; i++) {
    child->members[i]->compute_end_nanos = now_nanos;
  }
  if (error != NULL) {
    fail(child, error, true, final);
    waip_ignore(error);
  } else {
    uint32_t failed = waip_scatter_response(child, response, final);
    child->failed = child->failed || failed > 0;
    if (final) {
      waip_count(child->model, WAIP_RINGS_COUNTER_TARGET_FAILED, failed);
      waip_count(child->model, WAIP_RINGS_COUNTER_ANSWERED, child->count - failed);
    }
  }
  waip_ignore(TRITONSERVER_InferenceResponseDelete(response));
}

/* No more responses: parents of a decoupled model are told so, others must have had theirs. */
static void conclude(struct waip_child *child) {
  for (uint32_t i = 0; i < child->count; i++) {
    struct waip_parent *parent = child->members[i];
    if (parent->answered || child->resend) {
      continue;
    }
    if (child->model->config.decoupled) {
      waip_parent_end(parent);
      waip_count(child->model, WAIP_RINGS_COUNTER_ANSWERED, 1);
      continue;
    }
    TRITONSERVER_Error *error = waip_error(TRITONSERVER_ERROR_INTERNAL,
                                           "waip: '%.128s' ended without a response", child->target->name);
    waip_parent_fail(parent, error);
    waip_ignore(error);
    child->failed = true;
    waip_count(child->model, WAIP_RINGS_COUNTER_TARGET_FAILED, 1);
  }
}

static void completed(TRITONSERVER_InferenceResponse *response, const uint32_t flags, void *userp) {
  struct waip_child *child = userp;
  bool last = (flags & TRITONSERVER_RESPONSE_COMPLETE_FINAL) != 0;
  if (response != NULL) {
    /* A client of a model that is not decoupled waits for one response, whatever flag it comes with. */
    deliver(child, response, last || !child->model->config.decoupled);
  }
  if (last) {
    conclude(child);
    end(child, 1);
  }
}

/* ---- The start of a child ---- */

static TRITONSERVER_Error *build(struct waip_child *child) {
  if (child->streams) {
    return waip_error(
      TRITONSERVER_ERROR_UNSUPPORTED,
      "waip: '%.128s' is decoupled; give the front `model_transaction_policy { decoupled: true }`",
      child->target->name);
  }
  return waip_child_request_build(child, released, completed);
}

static void start(struct waip_child *child) {
  struct waip_model *model = child->model;
  TRITONSERVER_Error *error = build(child);
  if (error == NULL) {
    error = TRITONSERVER_ServerInferAsync(model->server, child->request, NULL);
  }
  if (error != NULL) {
    fail(child, error, false, true);
    waip_ignore(error);
    end(child, 3);
    return;
  }
  pthread_mutex_lock(&model->lock);
  child->submitted = true;
  bool last = drop_locked(child, 1);
  pthread_mutex_unlock(&model->lock);
  if (last) {
    destroy(child);
  }
}

/*
 * A target may answer within the call that starts a child, and the answer starts the next one. The
 * thread's outermost call takes the later ones' children, so that the stack does not grow with their
 * number. A pthread key finds it: a thread-local variable would make the library need the loader or room
 * in the static block of the host.
 */
struct starter {
  struct waip_child *first;
  struct waip_child **end;
};

static pthread_key_t starter_key;
static pthread_once_t starter_once = PTHREAD_ONCE_INIT;

static void make_starter_key(void) {
  pthread_key_create(&starter_key, NULL);
}

static void append(struct starter *starter, struct waip_child *list) {
  *starter->end = list;
  while (*starter->end != NULL) {
    starter->end = &(*starter->end)->next;
  }
}

static struct waip_child *take_first(struct starter *starter) {
  struct waip_child *child = starter->first;
  starter->first = child->next;
  if (starter->first == NULL) {
    starter->end = &starter->first;
  }
  child->next = NULL;
  return child;
}

void waip_children_start(struct waip_child *list) {
  if (list == NULL) {
    return;
  }
  pthread_once(&starter_once, make_starter_key);
  struct starter *outer = pthread_getspecific(starter_key);
  if (outer != NULL) {
    append(outer, list);
    return;
  }
  struct starter own = {NULL, &own.first};
  append(&own, list);
  pthread_setspecific(starter_key, &own);
  while (own.first != NULL) {
    start(take_first(&own));
  }
  pthread_setspecific(starter_key, NULL);
}

/* Answers a parent that no child was made for. */
static void give_up(struct waip_parent *parent, TRITONSERVER_Error *error) {
  waip_count(parent->model, WAIP_RINGS_COUNTER_TARGET_FAILED, 1);
  waip_parent_fail(parent, error);
  waip_ignore(error);
  waip_parent_settle(parent);
}

void waip_parent_forward(struct waip_parent *parent) {
  struct waip_model *model = parent->model;
  struct waip_target *target = &model->targets[0];
  parent->rows = waip_request_rows(model, parent->request);
  uint64_t now_nanos = waip_now_nanos();
  pthread_mutex_lock(&model->lock);
  struct waip_child *child = waip_child_open_locked(model, target);
  if (child != NULL) {
    waip_child_add_locked(child, parent);
    waip_child_launch_locked(child, now_nanos);
  }
  pthread_mutex_unlock(&model->lock);
  if (child != NULL) {
    waip_children_start(child);
  } else {
    give_up(parent, waip_error(TRITONSERVER_ERROR_UNAVAILABLE, "waip: out of memory"));
  }
}
