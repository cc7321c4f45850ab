#include "targets.h"

#include <string.h>

#include "errors.h"

enum { REFRESH_NANOS = 1000000000 };

struct waip_target *waip_target_locked(struct waip_model *model, const char *name) {
  for (uint32_t i = 0; i < model->target_count; i++) {
    if (strcmp(model->targets[i].name, name) == 0) {
      return &model->targets[i];
    }
  }
  if (model->target_count == WAIP_TARGETS || strlen(name) >= sizeof model->targets[0].name) {
    return NULL;
  }
  struct waip_target *target = &model->targets[model->target_count++];
  memset(target, 0, sizeof *target);
  strcpy(target->name, name);
  return target;
}

uint32_t waip_target_limit(const struct waip_target *target) {
  return target->instances == 0 ? 1 : target->instances;
}

static int64_t integer_or(const struct waip_json *object, const char *name, int64_t otherwise) {
  struct waip_json value;
  int64_t number;
  return waip_json_member(object, name, &value) && waip_json_integer(&value, &number) ? number : otherwise;
}

/* A group on GPUs has its count on each of them. */
static int64_t group_instances(const struct waip_json *group) {
  struct waip_json gpus;
  struct waip_json gpu;
  struct waip_json_cursor cursor;
  int64_t devices = 0;
  if (waip_json_member(group, "gpus", &gpus)) {
    waip_json_begin(&gpus, &cursor);
    while (waip_json_next(&cursor, NULL, &gpu)) {
      devices++;
    }
  }
  int64_t count = integer_or(group, "count", 1);
  return count < 1 || count > UINT16_MAX ? 1 : count * (devices == 0 ? 1 : devices);
}

void waip_target_read(struct waip_target *target, const struct waip_json *config) {
  struct waip_json value;
  struct waip_json group;
  struct waip_json_cursor cursor;
  int64_t instances = 0;
  if (waip_json_member(config, "instance_group", &value)) {
    waip_json_begin(&value, &cursor);
    while (waip_json_next(&cursor, NULL, &group)) {
      instances += group_instances(&group);
    }
  }
  int64_t max_batch = integer_or(config, "max_batch_size", 0);
  target->instances = instances > UINT16_MAX ? UINT16_MAX : (uint32_t)instances;
  target->max_batch = max_batch < 0 || max_batch > UINT32_MAX ? 0 : (uint32_t)max_batch;
  target->decoupled = waip_json_path(config, "model_transaction_policy.decoupled", &value) &&
                      waip_json_bool(&value, &target->decoupled) && target->decoupled;
  target->stateful = waip_json_member(config, "sequence_batching", &value);
  target->known = true;
}

/* Asks the server; the target keeps what it knew when the model is not there at the moment. */
static void ask(struct waip_model *model, struct waip_target *target, uint64_t now_nanos) {
  struct waip_target asked = {.known = false};
  struct waip_json config;
  TRITONSERVER_Message *message = NULL;
  const char *text = NULL;
  size_t bytes = 0;
  /* The name never changes: it is read without the lock. */
  waip_ignore(TRITONSERVER_ServerModelConfig(model->server, target->name, -1, 1, &message));
  if (message != NULL) {
    waip_ignore(TRITONSERVER_MessageSerializeToJson(message, &text, &bytes));
    if (text != NULL && waip_json_open(text, bytes, &config)) {
      waip_target_read(&asked, &config);
    }
    waip_ignore(TRITONSERVER_MessageDelete(message));
  }
  pthread_mutex_lock(&model->lock);
  target->asked_nanos = now_nanos;
  if (asked.known) {
    target->known = true;
    target->instances = asked.instances;
    target->max_batch = asked.max_batch;
    target->decoupled = asked.decoupled;
    target->stateful = asked.stateful;
  }
  pthread_mutex_unlock(&model->lock);
}

void waip_target_learn(struct waip_model *model, struct waip_target *target) {
  pthread_mutex_lock(&model->lock);
  bool first = target->asked_nanos == 0;
  pthread_mutex_unlock(&model->lock);
  if (first) {
    ask(model, target, waip_now_nanos());
  }
}

/* What is to be asked about now; 0 when it is not time yet. */
static uint32_t due_locked(struct waip_model *model, uint64_t now_nanos) {
  const struct waip_service_table *table = waip_channel_table(model->channel);
  if (now_nanos - model->refreshed_nanos < REFRESH_NANOS && table == model->refreshed_table) {
    return 0;
  }
  model->refreshed_nanos = now_nanos;
  model->refreshed_table = table;
  for (uint32_t i = 0; table != NULL && i < table->variant_count; i++) {
    waip_target_locked(model, table->variants[i]);
  }
  return model->target_count;
}

static void tell_planner_locked(struct waip_model *model) {
  uint32_t instances[WAIP_RINGS_VARIANTS] = {0};
  const struct waip_service_table *table = waip_channel_table(model->channel);
  for (uint32_t i = 0; table != NULL && i < table->variant_count; i++) {
    const struct waip_target *target = waip_target_locked(model, table->variants[i]);
    instances[i] = target == NULL ? 0 : target->instances;
  }
  waip_channel_instances(model->channel, model->targets[0].instances, instances);
}

void waip_targets_refresh(struct waip_model *model, uint64_t now_nanos) {
  pthread_mutex_lock(&model->lock);
  uint32_t count = due_locked(model, now_nanos);
  pthread_mutex_unlock(&model->lock);
  for (uint32_t i = 0; i < count; i++) {
    ask(model, &model->targets[i], now_nanos);
  }
  if (count > 0) {
    pthread_mutex_lock(&model->lock);
    tell_planner_locked(model);
    pthread_mutex_unlock(&model->lock);
  }
}
