#include <stdlib.h>

#include "arrival.h"
#include "direct.h"
#include "entry.h"
#include "errors.h"
#include "model.h"

TRITONSERVER_Error *TRITONBACKEND_ModelInstanceInitialize(TRITONBACKEND_ModelInstance *handle) {
  TRITONBACKEND_Model *model_handle = NULL;
  void *state = NULL;
  TRITONSERVER_Error *error = TRITONBACKEND_ModelInstanceModel(handle, &model_handle);
  error = error != NULL ? error : TRITONBACKEND_ModelState(model_handle, &state);
  if (error != NULL) {
    return error;
  }
  struct waip_model *model = state;
  struct waip_instance *instance = calloc(1, sizeof *instance);
  if (instance == NULL) {
    return waip_error(TRITONSERVER_ERROR_UNAVAILABLE, "waip: out of memory");
  }
  error = TRITONBACKEND_ModelInstanceSetState(handle, instance);
  if (error != NULL) {
    free(instance);
    return error;
  }
  instance->model = model;
  instance->handle = handle;
  pthread_rwlock_wrlock(&model->statistics_lock);
  instance->next = model->instances;
  model->instances = instance;
  pthread_rwlock_unlock(&model->statistics_lock);
  return NULL;
}

/* Requests it took may still be on their way: the model keeps the instance, without its handle. */
TRITONSERVER_Error *TRITONBACKEND_ModelInstanceFinalize(TRITONBACKEND_ModelInstance *handle) {
  void *state = NULL;
  TRITONSERVER_Error *error = TRITONBACKEND_ModelInstanceState(handle, &state);
  struct waip_instance *instance = state;
  if (error != NULL || instance == NULL) {
    return error;
  }
  pthread_rwlock_wrlock(&instance->model->statistics_lock);
  instance->handle = NULL;
  pthread_rwlock_unlock(&instance->model->statistics_lock);
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ModelInstanceExecute(TRITONBACKEND_ModelInstance *handle,
                                                       TRITONBACKEND_Request **requests,
                                                       const uint32_t count) {
  void *state = NULL;
  TRITONSERVER_Error *error = TRITONBACKEND_ModelInstanceState(handle, &state);
  if (error != NULL) {
    return error; /* Triton keeps the requests and answers them */
  }
  struct waip_instance *instance = state;
  if (instance->model->config.knobs.mode == WAIP_MODE_DIRECT) {
    waip_direct_execute(instance, requests, count);
    return NULL;
  }
  for (uint32_t i = 0; i < count; i++) {
    waip_arrive(instance, requests[i]);
  }
  return NULL;
}
