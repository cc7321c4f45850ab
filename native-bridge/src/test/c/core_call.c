#define _GNU_SOURCE
#include "core_call.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "testing.h"

enum { AWAIT_SECONDS = 60 };

static TRITONSERVER_ResponseAllocator *allocator;

void core_check(TRITONSERVER_Error *error, const char *what) {
  if (error != NULL) {
    fprintf(stderr, "%s: %s\n", what, TRITONSERVER_ErrorMessage(error));
    exit(1);
  }
}

/* ---- Outputs ---- */

static TRITONSERVER_Error *allocate(TRITONSERVER_ResponseAllocator *from, const char *name, size_t bytes,
                                    TRITONSERVER_MemoryType type, int64_t type_id, void *userp, void **buffer,
                                    void **buffer_userp, TRITONSERVER_MemoryType *actual_type,
                                    int64_t *actual_type_id) {
  (void)from;
  (void)name;
  (void)type;
  (void)type_id;
  (void)userp;
  *buffer = bytes == 0 ? NULL : malloc(bytes);
  *buffer_userp = NULL;
  *actual_type = TRITONSERVER_MEMORY_CPU;
  *actual_type_id = 0;
  return NULL;
}

static TRITONSERVER_Error *release(TRITONSERVER_ResponseAllocator *from, void *buffer, void *buffer_userp,
                                   size_t bytes, TRITONSERVER_MemoryType type, int64_t type_id) {
  (void)from;
  (void)buffer_userp;
  (void)bytes;
  (void)type;
  (void)type_id;
  free(buffer);
  return NULL;
}

void core_calls_open(void) {
  core_check(TRITONSERVER_ResponseAllocatorNew(&allocator, allocate, release, NULL), "allocator");
}

void core_calls_close(void) {
  core_check(TRITONSERVER_ResponseAllocatorDelete(allocator), "allocator");
}

/* ---- Answers ---- */

static bool is_right(const struct core_order *order, TRITONSERVER_InferenceResponse *response) {
  uint32_t count = 0;
  core_check(TRITONSERVER_InferenceResponseOutputCount(response, &count), "outputs");
  if (order->empty || count != 1) {
    return order->empty && count == 0;
  }
  const char *name;
  TRITONSERVER_DataType datatype;
  TRITONSERVER_MemoryType type;
  const int64_t *shape;
  const void *base;
  uint64_t rank;
  size_t bytes;
  int64_t type_id;
  void *userp;
  core_check(TRITONSERVER_InferenceResponseOutput(response, 0, &name, &datatype, &shape, &rank, &base, &bytes,
                                                  &type, &type_id, &userp),
             "output");
  int64_t elements = order->rows * order->length;
  bool right = strcmp(name, "OUT0") == 0 && datatype == TRITONSERVER_TYPE_FP32 && rank == 2 &&
               shape[0] == order->rows && shape[1] == order->length &&
               bytes == (size_t)elements * sizeof(float);
  for (int64_t i = 0; right && i < elements; i++) {
    right = ((const float *)base)[i] == order->value;
  }
  return right;
}

static void fail(struct core_call *call, TRITONSERVER_Error *error) {
  call->failed = true;
  call->code = TRITONSERVER_ErrorCode(error);
  snprintf(call->message, sizeof call->message, "%s", TRITONSERVER_ErrorMessage(error));
  TRITONSERVER_ErrorDelete(error);
}

static void responded(TRITONSERVER_InferenceResponse *response, const uint32_t flags, void *userp) {
  struct core_call *call = userp;
  TRITONSERVER_Error *error = response == NULL ? NULL : TRITONSERVER_InferenceResponseError(response);
  bool right = response != NULL && error == NULL && is_right(&call->order, response);
  core_check(response == NULL ? NULL : TRITONSERVER_InferenceResponseDelete(response), "response");
  pthread_mutex_lock(&call->lock);
  call->responses += response != NULL;
  call->right = right;
  if (error != NULL) {
    fail(call, error);
  }
  call->ended = call->ended || (flags & TRITONSERVER_RESPONSE_COMPLETE_FINAL) != 0;
  pthread_cond_signal(&call->changed);
  pthread_mutex_unlock(&call->lock);
}

static void released(TRITONSERVER_InferenceRequest *request, const uint32_t flags, void *userp) {
  struct core_call *call = userp;
  (void)request;
  CHECK_INT(flags, TRITONSERVER_REQUEST_RELEASE_ALL);
  free(call->data);
  pthread_mutex_lock(&call->lock);
  CHECK(!call->released);
  call->released = true;
  pthread_cond_signal(&call->changed);
  pthread_mutex_unlock(&call->lock);
}

/* ---- Calls ---- */

void core_call_open(struct core_call *call) {
  memset(call, 0, sizeof *call);
  pthread_mutex_init(&call->lock, NULL);
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&call->changed, &monotonic);
  pthread_condattr_destroy(&monotonic);
}

void core_call_close(struct core_call *call) {
  pthread_cond_destroy(&call->changed);
  pthread_mutex_destroy(&call->lock);
}

static void add_input(struct core_call *call) {
  const struct core_order *order = &call->order;
  const int64_t shape[] = {order->rows, order->length};
  size_t elements = (size_t)(order->rows * order->length);
  call->data = malloc(elements * sizeof *call->data);
  CHECK(call->data != NULL);
  for (size_t i = 0; i < elements; i++) {
    call->data[i] = order->value;
  }
  core_check(TRITONSERVER_InferenceRequestAddInput(call->request, "IN0", TRITONSERVER_TYPE_FP32, shape, 2),
             "input");
  core_check(TRITONSERVER_InferenceRequestAppendInputData(call->request, "IN0", call->data,
                                                          elements * sizeof *call->data,
                                                          TRITONSERVER_MEMORY_CPU, 0),
             "data");
}

static void add_orders(struct core_call *call) {
  const struct core_order *order = &call->order;
  if (order->sleep_micros != 0) {
    core_check(TRITONSERVER_InferenceRequestSetIntParameter(call->request, "sleep_us", order->sleep_micros),
               "sleep_us");
  }
  if (order->fail_code != CORE_NO_FAILURE) {
    core_check(TRITONSERVER_InferenceRequestSetIntParameter(call->request, "fail_code", order->fail_code),
               "fail_code");
  }
  core_check(TRITONSERVER_InferenceRequestSetReleaseCallback(call->request, released, call), "release");
  core_check(
    TRITONSERVER_InferenceRequestSetResponseCallback(call->request, allocator, NULL, responded, call),
    "response");
}

/* Of the server itself: nothing was sent and no callback comes. */
static void refuse(struct core_call *call, TRITONSERVER_Error *error) {
  fail(call, error);
  call->responses = 1;
  call->ended = call->released = true;
}

void core_call_begin(struct core_call *call, TRITONSERVER_Server *server, const struct core_order *order) {
  call->order = *order;
  call->open = true;
  call->released = call->ended = call->failed = call->right = false;
  call->responses = 0;
  call->request = NULL;
  TRITONSERVER_Error *error = TRITONSERVER_InferenceRequestNew(&call->request, server, order->model, -1);
  if (error != NULL) {
    refuse(call, error);
    return;
  }
  add_input(call);
  add_orders(call);
  error = TRITONSERVER_ServerInferAsync(server, call->request, NULL);
  if (error != NULL) {
    free(call->data);
    refuse(call, error);
  } else if (order->leaves) {
    core_check(TRITONSERVER_InferenceRequestCancel(call->request), "cancel");
  }
}

void core_call_await(struct core_call *call) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += AWAIT_SECONDS;
  pthread_mutex_lock(&call->lock);
  while (!call->ended || !call->released) {
    if (pthread_cond_timedwait(&call->changed, &call->lock, &end) != 0) {
      fprintf(stderr, "a request to '%s' was never %s\n", call->order.model, call->ended ? "released" : "answered");
      exit(1);
    }
  }
  call->open = false;
  pthread_mutex_unlock(&call->lock);
  if (call->request != NULL) {
    core_check(TRITONSERVER_InferenceRequestDelete(call->request), "request");
  }
}
