#include "parents.h"

#include "errors.h"
#include "statistics.h"

struct waip_parent *waip_parent_open(struct waip_instance *instance, TRITONBACKEND_Request *request,
                                     uint64_t now_nanos) {
  struct waip_model *model = instance->model;
  pthread_mutex_lock(&model->lock);
  struct waip_parent *parent = waip_pool_take(&model->parents);
  pthread_mutex_unlock(&model->lock);
  if (parent != NULL) {
    parent->model = model;
    parent->instance = instance;
    parent->request = request;
    parent->arrival_nanos = now_nanos;
    parent->rows = 1;
    parent->length = 1;
    parent->holds = 1;
    parent->state = WAIP_SLOT_SENT;
  }
  return parent;
}

TRITONSERVER_Error *waip_parent_response(struct waip_parent *parent, TRITONBACKEND_Response **response) {
  *response = parent->response;
  parent->response = NULL;
  return *response != NULL ? NULL : TRITONBACKEND_ResponseNew(response, parent->request);
}

void waip_parent_send(struct waip_parent *parent, TRITONBACKEND_Response *response, bool final,
                      TRITONSERVER_Error *error) {
  parent->responded = true;
  parent->succeeded = error == NULL;
  parent->answered = final;
  waip_ignore(TRITONBACKEND_ResponseSend(response, final ? TRITONSERVER_RESPONSE_COMPLETE_FINAL : 0, error));
}

void waip_parent_fail(struct waip_parent *parent, TRITONSERVER_Error *error) {
  TRITONBACKEND_Response *response = NULL;
  TRITONSERVER_Error *failure = waip_parent_response(parent, &response);
  if (failure != NULL) {
    /* Only without memory: the client cannot be told, the request still goes back. */
    waip_ignore(failure);
    parent->answered = true;
    return;
  }
  waip_parent_send(parent, response, true, error);
}

void waip_parent_end(struct waip_parent *parent) {
  TRITONBACKEND_ResponseFactory *factory = NULL;
  parent->answered = true;
  parent->succeeded = true;
  TRITONSERVER_Error *error = TRITONBACKEND_ResponseFactoryNew(&factory, parent->request);
  if (error == NULL) {
    error = TRITONBACKEND_ResponseFactorySendFlags(factory, TRITONSERVER_RESPONSE_COMPLETE_FINAL);
    waip_ignore(TRITONBACKEND_ResponseFactoryDelete(factory));
  }
  waip_ignore(error);
}

void waip_parent_settle(struct waip_parent *parent) {
  struct waip_model *model = parent->model;
  pthread_mutex_lock(&model->lock);
  bool last = --parent->holds == 0;
  pthread_mutex_unlock(&model->lock);
  if (last) {
    waip_ignore(TRITONBACKEND_RequestRelease(waip_parent_close(parent), TRITONSERVER_REQUEST_RELEASE_ALL));
  }
}

TRITONBACKEND_Request *waip_parent_close(struct waip_parent *parent) {
  struct waip_model *model = parent->model;
  TRITONBACKEND_Request *request = parent->request;
  waip_statistics_request(parent);
  if (parent->response != NULL) {
    waip_ignore(TRITONBACKEND_ResponseDelete(parent->response));
  }
  if (parent->pinned != NULL) {
    waip_ignore(TRITONSERVER_InferenceRequestDelete(parent->pinned));
  }
  pthread_mutex_lock(&model->lock);
  waip_pool_give(&model->parents, parent);
  pthread_mutex_unlock(&model->lock);
  return request;
}

void waip_held_append_locked(struct waip_model *model, struct waip_parent *parent) {
  parent->older = model->newest_held;
  parent->newer = NULL;
  *(parent->older == NULL ? &model->oldest_held : &parent->older->newer) = parent;
  model->newest_held = parent;
  atomic_fetch_add_explicit(&model->held, 1, memory_order_relaxed);
}

void waip_held_remove_locked(struct waip_model *model, struct waip_parent *parent) {
  *(parent->older == NULL ? &model->oldest_held : &parent->older->newer) = parent->newer;
  *(parent->newer == NULL ? &model->newest_held : &parent->newer->older) = parent->older;
  atomic_fetch_sub_explicit(&model->held, 1, memory_order_relaxed);
}

void waip_request_refuse(TRITONBACKEND_Request *request, TRITONSERVER_Error *error) {
  TRITONBACKEND_Response *response = NULL;
  waip_ignore(TRITONBACKEND_ResponseNew(&response, request));
  if (response != NULL) {
    waip_ignore(TRITONBACKEND_ResponseSend(response, TRITONSERVER_RESPONSE_COMPLETE_FINAL, error));
  }
  waip_ignore(error);
  waip_ignore(TRITONBACKEND_RequestRelease(request, TRITONSERVER_REQUEST_RELEASE_ALL));
}
