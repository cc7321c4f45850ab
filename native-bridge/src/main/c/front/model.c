#include "model.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "backend.h"
#include "cancel.h"
#include "dispatch.h"
#include "entry.h"
#include "errors.h"
#include "outputs.h"
#include "targets.h"

uint64_t waip_now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void waip_count(struct waip_model *model, uint32_t counter, uint64_t n) {
  if (model->seat != NULL && n > 0) {
    waip_seat_count(model->seat, counter, n);
  }
}

static void tick(void *owner, uint64_t now_nanos) {
  struct waip_model *model = owner;
  waip_cancel_held(model, now_nanos);
  waip_cancel_sent(model);
  waip_targets_refresh(model, now_nanos);
}

/* ---- Reading of the configuration ---- */

static TRITONSERVER_Error *read_config(struct waip_model *model) {
  TRITONSERVER_Message *message = NULL; /* ours to delete */
  const char *text = NULL;
  size_t bytes = 0;
  struct waip_json config;
  struct waip_message fault;
  TRITONSERVER_Error *error = TRITONBACKEND_ModelConfig(model->handle, 1, &message);
  if (error != NULL) {
    return error;
  }
  error = TRITONSERVER_MessageSerializeToJson(message, &text, &bytes);
  if (error == NULL && !waip_json_open(text, bytes, &config)) {
    error = waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: the model's configuration is not JSON");
  }
  if (error == NULL &&
      !waip_model_config_read(&model->config, waip_backend_knobs(model->backend), &config, &fault)) {
    error = waip_error(TRITONSERVER_ERROR_INVALID_ARG, "%s", fault.text);
  }
  waip_ignore(TRITONSERVER_MessageDelete(message));
  return error;
}

/* Version N of a front that has several answers as version N of its target. */
static TRITONSERVER_Error *read_version(struct waip_model *model) {
  struct waip_knobs *knobs = &model->config.knobs;
  if (knobs->target_version != -1 || !model->config.versioned) {
    return NULL;
  }
  uint64_t version = 0;
  TRITONSERVER_Error *error = TRITONBACKEND_ModelVersion(model->handle, &version);
  if (error == NULL && version <= INT64_MAX) {
    knobs->target_version = (int64_t)version;
  }
  return error;
}

static TRITONSERVER_Error *read_handles(struct waip_model *model) {
  const char *name = NULL;
  TRITONBACKEND_Backend *backend = NULL;
  void *state = NULL;
  TRITONSERVER_Error *error = TRITONBACKEND_ModelName(model->handle, &name);
  error = error != NULL ? error : TRITONBACKEND_ModelServer(model->handle, &model->server);
  error = error != NULL ? error : TRITONBACKEND_ModelBackend(model->handle, &backend);
  error = error != NULL ? error : TRITONBACKEND_BackendState(backend, &state);
  if (error == NULL && strlen(name) >= sizeof model->name) {
    return waip_error(TRITONSERVER_ERROR_INVALID_ARG, "waip: the model's name is longer than %d bytes",
                      WAIP_RINGS_NAME_BYTES - 1);
  }
  if (error == NULL) {
    strcpy(model->name, name);
    model->backend = state;
  }
  return error;
}

/* ---- Opening and closing ---- */

static TRITONSERVER_Error *open_channel(struct waip_model *model) {
  bool front = model->config.knobs.mode == WAIP_MODE_FRONT;
  char line[WAIP_MESSAGE_BYTES] = "there is no seat";
  struct waip_channel_settings settings = {
    .kind = front ? WAIP_RINGS_KIND_FRONT : WAIP_RINGS_KIND_DIRECT,
    .model = model->name,
    .default_variant = front ? model->config.knobs.target : NULL,
    .max_batch = model->config.max_batch,
    .owner = model,
    .held = &model->held,
    .decided = waip_decided,
    .lost = waip_lost,
    .tick = front ? tick : NULL};
  model->seat = waip_backend_seat(model->backend, &model->config.knobs);
  /* The dispatcher may call before the channel is stored: the lock makes it wait. */
  pthread_mutex_lock(&model->lock);
  bool opened = model->seat != NULL &&
                waip_channel_open(model->seat, &settings, &model->channel, line, sizeof line);
  pthread_mutex_unlock(&model->lock);
  if (opened) {
    return NULL;
  }
  if (!front) {
    return waip_error(TRITONSERVER_ERROR_UNAVAILABLE, "waip: no channel for '%s': %s", model->name, line);
  }
  waip_log(TRITONSERVER_LOG_ERROR, "waip: no channel for '%s', its requests are forwarded: %s", model->name,
           line);
  return NULL;
}

static void init(struct waip_model *model, TRITONBACKEND_Model *handle) {
  model->handle = handle;
  pthread_mutex_init(&model->lock, NULL);
  pthread_rwlock_init(&model->statistics_lock, NULL);
  waip_buffers_open(&model->buffers);
  waip_slots_open(&model->slots);
  waip_pool_open(&model->parents, sizeof(struct waip_parent));
  waip_pool_open(&model->children, sizeof(struct waip_child));
  waip_pool_open(&model->dispatches, sizeof(struct waip_dispatch));
}

static void destroy(struct waip_model *model) {
  if (model->channel != NULL) {
    waip_channel_close(model->channel);
  }
  if (model->allocator != NULL) {
    waip_ignore(TRITONSERVER_ResponseAllocatorDelete(model->allocator));
  }
  while (model->instances != NULL) {
    struct waip_instance *instance = model->instances;
    model->instances = instance->next;
    free(instance);
  }
  waip_pool_close(&model->dispatches);
  waip_pool_close(&model->children);
  waip_pool_close(&model->parents);
  waip_buffers_close(&model->buffers);
  pthread_rwlock_destroy(&model->statistics_lock);
  pthread_mutex_destroy(&model->lock);
  free(model);
}

TRITONSERVER_Error *TRITONBACKEND_ModelInitialize(TRITONBACKEND_Model *handle) {
  struct waip_model *model = calloc(1, sizeof *model);
  if (model == NULL) {
    return waip_error(TRITONSERVER_ERROR_UNAVAILABLE, "waip: out of memory");
  }
  init(model, handle);
  TRITONSERVER_Error *error = read_handles(model);
  error = error != NULL ? error : read_config(model);
  error = error != NULL ? error : read_version(model);
  if (error == NULL && model->config.knobs.mode == WAIP_MODE_FRONT) {
    atomic_store(&model->direct_outputs, model->config.fixed_outputs);
    waip_target_locked(model, model->config.knobs.target); /* nobody else knows the model yet */
    error = waip_outputs_open(model);
  }
  error = error != NULL ? error : open_channel(model);
  error = error != NULL ? error : TRITONBACKEND_ModelSetState(handle, model);
  if (error != NULL) {
    destroy(model);
  }
  return error;
}

/* All requests are back at Triton, and no thread of Triton is in this library for this model. */
TRITONSERVER_Error *TRITONBACKEND_ModelFinalize(TRITONBACKEND_Model *handle) {
  void *state = NULL;
  TRITONSERVER_Error *error = TRITONBACKEND_ModelState(handle, &state);
  if (error == NULL && state != NULL) {
    destroy(state);
  }
  return error;
}
