/*
 * A Triton backend for tests of the embedded server: answers every input INx as output OUTx. Request
 * parameters steer it: `sleep_us` (int) holds the batch that long, in steps that notice a cancelled
 * request; `fail_code` (int) with `fail_message` (string) answers that error.
 *
 * It names no library as needed: its undefined symbols have to come from the process, as in a stock
 * server. Declarations are of TRITONBACKEND 1.19.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct TRITONSERVER_Error Error;
typedef struct TRITONBACKEND_Input Input;
typedef struct TRITONBACKEND_Output Output;
typedef struct TRITONBACKEND_Request Request;
typedef struct TRITONBACKEND_Response Response;
typedef struct TRITONBACKEND_ModelInstance Instance;

Error *TRITONSERVER_ErrorNew(int code, const char *message);
void TRITONSERVER_ErrorDelete(Error *error);
Error *TRITONBACKEND_RequestInputCount(Request *request, uint32_t *count);
Error *TRITONBACKEND_RequestInputByIndex(Request *request, uint32_t index, Input **input);
Error *TRITONBACKEND_InputProperties(Input *input, const char **name, int *type, const int64_t **shape,
                                     uint32_t *rank, uint64_t *bytes, uint32_t *buffers);
Error *TRITONBACKEND_InputBuffer(Input *input, uint32_t index, const void **data, uint64_t *bytes,
                                 int *memory_type, int64_t *memory_id);
Error *TRITONBACKEND_RequestParameterCount(Request *request, uint32_t *count);
Error *TRITONBACKEND_RequestParameter(Request *request, uint32_t index, const char **key, int *type,
                                      const void **value);
Error *TRITONBACKEND_RequestIsCancelled(Request *request, bool *cancelled);
Error *TRITONBACKEND_RequestRelease(Request *request, uint32_t flags);
Error *TRITONBACKEND_ResponseNew(Response **response, Request *request);
Error *TRITONBACKEND_ResponseOutput(Response *response, Output **output, const char *name, int type,
                                    const int64_t *shape, uint32_t rank);
Error *TRITONBACKEND_OutputBuffer(Output *output, void **data, uint64_t bytes, int *memory_type,
                                  int64_t *memory_id);
Error *TRITONBACKEND_ResponseSend(Response *response, uint32_t flags, Error *error);
Error *TRITONBACKEND_ModelInstanceReportStatistics(Instance *instance, Request *request, bool success,
                                                   uint64_t start, uint64_t compute_start,
                                                   uint64_t compute_end, uint64_t end);
Error *TRITONBACKEND_ModelInstanceReportBatchStatistics(Instance *instance, uint64_t batch, uint64_t start,
                                                        uint64_t compute_start, uint64_t compute_end,
                                                        uint64_t end);
__attribute__((visibility("default"))) Error *TRITONBACKEND_ModelInstanceExecute(Instance *instance,
                                                                                 Request **requests,
                                                                                 uint32_t count);

enum { PARAMETER_STRING = 0, PARAMETER_INT = 1, NO_CODE = -1, CODE_CANCELLED = 7, FINAL = 1, ALL = 1 };
enum { STEP_MICROS = 1000, NAME_BYTES = 128 };

struct orders {
  int64_t sleep_micros;
  int64_t fail_code;
  const char *fail_message;
};

static uint64_t now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void drop(Error *error) {
  if (error != NULL) {
    TRITONSERVER_ErrorDelete(error);
  }
}

static struct orders read_orders(Request *request) {
  struct orders orders = {0, NO_CODE, "planted"};
  uint32_t count = 0;
  drop(TRITONBACKEND_RequestParameterCount(request, &count));
  for (uint32_t i = 0; i < count; i++) {
    const char *key = "";
    const void *value = NULL;
    int type = 0;
    drop(TRITONBACKEND_RequestParameter(request, i, &key, &type, &value));
    if (value != NULL && type == PARAMETER_INT && strcmp(key, "sleep_us") == 0) {
      orders.sleep_micros = *(const int64_t *)value;
    } else if (value != NULL && type == PARAMETER_INT && strcmp(key, "fail_code") == 0) {
      orders.fail_code = *(const int64_t *)value;
    } else if (value != NULL && type == PARAMETER_STRING && strcmp(key, "fail_message") == 0) {
      orders.fail_message = value;
    }
  }
  return orders;
}

static bool is_cancelled(Request *request) {
  bool cancelled = false;
  drop(TRITONBACKEND_RequestIsCancelled(request, &cancelled));
  return cancelled;
}

/* Holds the batch as long as its most patient request wants, or until all are cancelled. */
static void hold(Request **requests, uint32_t count) {
  int64_t left = 0;
  for (uint32_t r = 0; r < count; r++) {
    int64_t wanted = read_orders(requests[r]).sleep_micros;
    left = wanted > left ? wanted : left;
  }
  for (bool waiting = left > 0; waiting && left > 0; left -= STEP_MICROS) {
    struct timespec step = {0, STEP_MICROS * 1000};
    nanosleep(&step, NULL);
    waiting = false;
    for (uint32_t r = 0; r < count; r++) {
      waiting = waiting || !is_cancelled(requests[r]);
    }
  }
}

static Error *copy_input(Input *input, Response *response) {
  const char *name;
  const int64_t *shape;
  uint32_t rank;
  uint32_t buffers;
  uint64_t bytes;
  int type;
  Error *error = TRITONBACKEND_InputProperties(input, &name, &type, &shape, &rank, &bytes, &buffers);
  if (error != NULL) {
    return error;
  }
  char output_name[NAME_BYTES];
  snprintf(output_name, sizeof output_name, "OUT%.100s", name + strlen("IN"));
  Output *output;
  error = TRITONBACKEND_ResponseOutput(response, &output, output_name, type, shape, rank);
  void *to = NULL;
  int memory_type = 0;
  int64_t memory_id = 0;
  if (error == NULL) {
    error = TRITONBACKEND_OutputBuffer(output, &to, bytes, &memory_type, &memory_id);
  }
  uint64_t written = 0;
  for (uint32_t b = 0; error == NULL && b < buffers; b++) {
    const void *from;
    uint64_t size;
    error = TRITONBACKEND_InputBuffer(input, b, &from, &size, &memory_type, &memory_id);
    if (error == NULL) {
      memcpy((char *)to + written, from, size);
      written += size;
    }
  }
  return error;
}

static Error *answer(Request *request, Response *response) {
  struct orders orders = read_orders(request);
  if (orders.fail_code != NO_CODE) {
    return TRITONSERVER_ErrorNew((int)orders.fail_code, orders.fail_message);
  }
  if (is_cancelled(request)) {
    return TRITONSERVER_ErrorNew(CODE_CANCELLED, "cancelled");
  }
  uint32_t count = 0;
  Error *error = TRITONBACKEND_RequestInputCount(request, &count);
  for (uint32_t i = 0; error == NULL && i < count; i++) {
    Input *input;
    error = TRITONBACKEND_RequestInputByIndex(request, i, &input);
    if (error == NULL) {
      error = copy_input(input, response);
    }
  }
  return error;
}

Error *TRITONBACKEND_ModelInstanceExecute(Instance *instance, Request **requests, uint32_t count) {
  uint64_t start = now_nanos();
  hold(requests, count);
  for (uint32_t r = 0; r < count; r++) {
    Response *response = NULL;
    Error *failure = TRITONBACKEND_ResponseNew(&response, requests[r]);
    bool success = failure == NULL;
    drop(failure);
    if (response != NULL) {
      Error *error = answer(requests[r], response);
      success = error == NULL;
      drop(TRITONBACKEND_ResponseSend(response, FINAL, error));
      drop(error);
    }
    uint64_t end = now_nanos();
    drop(TRITONBACKEND_ModelInstanceReportStatistics(instance, requests[r], success, start, start, end, end));
    drop(TRITONBACKEND_RequestRelease(requests[r], ALL));
  }
  uint64_t end = now_nanos();
  drop(TRITONBACKEND_ModelInstanceReportBatchStatistics(instance, count, start, start, end, end));
  return NULL;
}
