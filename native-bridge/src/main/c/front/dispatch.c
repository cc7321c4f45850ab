#include "dispatch.h"

#include "children.h"
#include "errors.h"
#include "grouping.h"
#include "parents.h"
#include "refusal.h"
#include "targets.h"

/* ---- Slots and waiting children ---- */

void waip_parent_sent_locked(struct waip_parent *parent, struct waip_dispatch *dispatch) {
  struct waip_model *model = parent->model;
  parent->state = WAIP_SLOT_SENT;
  if (!parent->has_slot) {
    return;
  }
  parent->has_slot = false;
  waip_held_remove_locked(model, parent);
  if (dispatch == NULL) {
    waip_slots_give(&model->slots, parent->slot);
  } else {
    dispatch->retired = waip_slots_retire(&model->slots, parent->slot, dispatch->retired);
  }
}

static void put_waiting_locked(struct waip_child *child) {
  struct waip_target *target = child->target;
  child->next = NULL;
  if (target->first_waiting == NULL) {
    target->first_waiting = child;
  } else {
    target->last_waiting->next = child;
  }
  target->last_waiting = child;
}

struct waip_child *waip_waiting_take_locked(struct waip_model *model, struct waip_target *target,
                                            uint64_t now_nanos) {
  struct waip_child *list = NULL;
  struct waip_child **end = &list;
  (void)model;
  while (target->first_waiting != NULL && target->in_flight < waip_target_limit(target)) {
    struct waip_child *child = target->first_waiting;
    target->first_waiting = child->next;
    child->next = NULL;
    waip_child_launch_locked(child, now_nanos);
    *end = child;
    end = &child->next;
  }
  return list;
}

/* ---- Completions ---- */

static void end_dispatch_locked(struct waip_model *model, struct waip_dispatch *dispatch,
                                uint64_t now_nanos) {
  struct waip_complete_record record = {
    .kind = dispatch->failed ? WAIP_RINGS_COMPLETE_FAILED : WAIP_RINGS_COMPLETE_DONE,
    .slot = dispatch->slot,
    .generation = dispatch->generation,
    .variant = dispatch->variant,
    .dispatch = dispatch->id,
    .execution_nanos = dispatch->started_nanos == 0 ? 0 : now_nanos - dispatch->started_nanos,
    .at_nanos = now_nanos};
  waip_channel_complete(model->channel, dispatch->epoch, &record);
  waip_slots_give_chain(&model->slots, dispatch->retired);
  waip_pool_give(&model->dispatches, dispatch);
}

void waip_dispatch_child_ended_locked(struct waip_child *child, uint64_t now_nanos) {
  struct waip_dispatch *dispatch = child->dispatch;
  dispatch->failed = dispatch->failed || child->failed;
  if (--dispatch->children == 0) {
    end_dispatch_locked(child->model, dispatch, now_nanos);
  }
}

/* ---- Dispatches ---- */

/* The parent a record speaks of, if it is held for this planner. */
static struct waip_parent *held_locked(struct waip_model *model, uint64_t epoch,
                                       const struct waip_decision *record) {
  struct waip_parent *parent = waip_slots_find(&model->slots, record->slot, record->generation);
  if (parent == NULL || parent->state != WAIP_SLOT_HELD || parent->epoch != epoch ||
      epoch <= model->lost_epoch) {
    waip_count(model, WAIP_RINGS_COUNTER_STALE_RECORDS, 1);
    return NULL;
  }
  return parent;
}

static struct waip_parent *take_members_locked(struct waip_model *model, uint64_t epoch,
                                               const struct waip_decision *members, uint32_t count) {
  struct waip_parent *list = NULL;
  struct waip_parent **end = &list;
  for (uint32_t i = 0; i < count; i++) {
    struct waip_parent *parent = held_locked(model, epoch, &members[i]);
    if (parent != NULL) {
      parent->state = WAIP_SLOT_DECIDED;
      parent->next = NULL;
      *end = parent;
      end = &parent->next;
    }
  }
  return list;
}

static struct waip_dispatch *open_dispatch_locked(struct waip_model *model, uint64_t epoch,
                                                  const struct waip_decision *first) {
  struct waip_dispatch *dispatch = waip_pool_take(&model->dispatches);
  if (dispatch != NULL) {
    dispatch->id = first->dispatch;
    dispatch->epoch = epoch;
    dispatch->variant = first->variant;
    dispatch->slot = first->slot;
    dispatch->generation = first->generation;
    dispatch->retired = WAIP_NO_SLOT;
    dispatch->children = 1; /* this function's own, so that it cannot end while children are added */
  }
  return dispatch;
}

/* What a decision says beside its members. */
struct plan {
  struct waip_model *model;
  struct waip_target *target;
  struct waip_dispatch *dispatch;
  const struct waip_service_table *table;
  uint32_t padded_length;
  struct waip_group_limits limits;
};

static struct waip_child *make_child_locked(const struct plan *plan, const struct waip_group *group) {
  struct waip_child *child = waip_child_open_locked(plan->model, plan->target);
  if (child == NULL) {
    return NULL;
  }
  for (uint32_t i = 0; i < group->count; i++) {
    waip_child_add_locked(child, group->members[i]);
  }
  child->dispatch = plan->dispatch;
  child->epoch = plan->dispatch->epoch;
  child->table = plan->table;
  if (group->padded) {
    child->padded_length = group->longest > plan->padded_length ? group->longest : plan->padded_length;
  }
  plan->dispatch->children++;
  return child;
}

/* Forwards parents, linked by `next`, one by one. */
static void forward_all(struct waip_parent *list) {
  while (list != NULL) {
    struct waip_parent *parent = list;
    list = parent->next;
    parent->next = NULL;
    waip_parent_forward(parent);
  }
}

/* Takes group after group off the list; a group for which there is no memory is forwarded. */
static void queue_groups(const struct plan *plan, struct waip_parent *list) {
  struct waip_model *model = plan->model;
  struct waip_group group;
  while (list != NULL) {
    waip_group_take(&list, &plan->limits, &group);
    pthread_mutex_lock(&model->lock);
    struct waip_child *child = make_child_locked(plan, &group);
    if (child != NULL) {
      put_waiting_locked(child);
    }
    pthread_mutex_unlock(&model->lock);
    for (uint32_t i = 0; child == NULL && i < group.count; i++) {
      waip_parent_forward(group.members[i]);
    }
  }
}

/* What may be merged: only as many rows as both configurations allow, never streams of responses. */
static struct waip_group_limits limits_of(const struct waip_model *model, const struct waip_target *target,
                                          const struct waip_service_table *table) {
  bool merges = target->known && !target->decoupled && !target->stateful && !model->config.decoupled;
  uint32_t rows = model->config.max_batch < target->max_batch ? model->config.max_batch : target->max_batch;
  return (struct waip_group_limits){merges ? rows : 0, model->config.max_batch > 0, waip_lengths_of(table)};
}

static bool make_plan_locked(struct waip_model *model, uint64_t epoch, const struct waip_decision *first,
                             struct plan *plan) {
  const struct waip_service_table *table = waip_channel_table(model->channel);
  plan->model = model;
  plan->table = table;
  plan->padded_length = first->padded_length;
  plan->target = table == NULL || first->variant >= table->variant_count
                   ? &model->targets[0]
                   : waip_target_locked(model, table->variants[first->variant]);
  if (plan->target == NULL) {
    plan->target = &model->targets[0];
  }
  plan->dispatch = open_dispatch_locked(model, epoch, first);
  return plan->dispatch != NULL;
}

static void dispatched(struct waip_model *model, uint64_t epoch, const struct waip_decision *members,
                       uint32_t count) {
  struct plan plan;
  pthread_mutex_lock(&model->lock);
  struct waip_parent *list = take_members_locked(model, epoch, members, count);
  bool made = make_plan_locked(model, epoch, &members[0], &plan);
  pthread_mutex_unlock(&model->lock);
  if (!made) {
    forward_all(list);
    return;
  }
  waip_target_learn(model, plan.target);
  pthread_mutex_lock(&model->lock);
  plan.limits = limits_of(model, plan.target, plan.table);
  pthread_mutex_unlock(&model->lock);
  queue_groups(&plan, list);
  uint64_t now_nanos = waip_now_nanos();
  pthread_mutex_lock(&model->lock);
  struct waip_child *ready = waip_waiting_take_locked(model, plan.target, now_nanos);
  if (--plan.dispatch->children == 0) {
    end_dispatch_locked(model, plan.dispatch, now_nanos); /* all its members were gone */
  }
  pthread_mutex_unlock(&model->lock);
  waip_children_start(ready);
}

static void refused(struct waip_model *model, uint64_t epoch, const struct waip_decision *decision) {
  pthread_mutex_lock(&model->lock);
  struct waip_parent *parent = held_locked(model, epoch, decision);
  if (parent != NULL) {
    waip_parent_sent_locked(parent, NULL);
    parent->state = WAIP_SLOT_DONE;
  }
  pthread_mutex_unlock(&model->lock);
  if (parent == NULL) {
    return;
  }
  TRITONSERVER_Error *error = waip_refusal(decision);
  waip_count(model, WAIP_RINGS_COUNTER_REFUSED, 1);
  waip_parent_fail(parent, error);
  waip_ignore(error);
  waip_parent_settle(parent);
}

void waip_decided(void *owner, uint64_t epoch, const struct waip_decision *members, uint32_t count) {
  struct waip_model *model = owner;
  if (count == 0) {
    return;
  }
  if (members[0].kind == WAIP_RINGS_DECIDE_REFUSED) {
    for (uint32_t i = 0; i < count; i++) {
      refused(model, epoch, &members[i]);
    }
    return;
  }
  dispatched(model, epoch, members, count);
}

/* ---- Loss of the planner ---- */

/* Drops the children that wait; their parents are still in the held list. */
static void drop_waiting_locked(struct waip_model *model, uint64_t epoch) {
  for (uint32_t i = 0; i < model->target_count; i++) {
    struct waip_child *child = model->targets[i].first_waiting;
    model->targets[i].first_waiting = NULL;
    while (child != NULL) {
      struct waip_child *next = child->next;
      if (child->epoch > epoch) {
        put_waiting_locked(child);
      } else {
        if (--child->dispatch->children == 0) {
          waip_slots_give_chain(&model->slots, child->dispatch->retired);
          waip_pool_give(&model->dispatches, child->dispatch);
        }
        waip_child_discard_locked(child);
      }
      child = next;
    }
  }
}

static void count_reclaimed(struct waip_model *model, const struct waip_parent *parent) {
  waip_count(model,
             parent->state == WAIP_SLOT_HELD ? WAIP_RINGS_COUNTER_RECLAIMED_HELD
                                             : WAIP_RINGS_COUNTER_RECLAIMED_DECIDED,
             1);
}

/* In order of arrival, linked by `next`. */
static struct waip_parent *reclaim_locked(struct waip_model *model, uint64_t epoch) {
  struct waip_parent *list = NULL;
  struct waip_parent **end = &list;
  struct waip_parent *parent = model->oldest_held;
  while (parent != NULL) {
    struct waip_parent *newer = parent->newer;
    if (parent->epoch <= epoch) {
      count_reclaimed(model, parent);
      waip_parent_sent_locked(parent, NULL);
      parent->next = NULL;
      *end = parent;
      end = &parent->next;
    }
    parent = newer;
  }
  return list;
}

void waip_lost(void *owner, uint64_t epoch) {
  struct waip_model *model = owner;
  pthread_mutex_lock(&model->lock);
  model->lost_epoch = epoch > model->lost_epoch ? epoch : model->lost_epoch;
  model->foreign_children += model->planned_children;
  model->planned_children = 0;
  drop_waiting_locked(model, epoch);
  struct waip_parent *list = reclaim_locked(model, epoch);
  waip_channel_foreign(model->channel, model->foreign_children);
  pthread_mutex_unlock(&model->lock);
  forward_all(list);
}
