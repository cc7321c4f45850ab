#include "fake_triton.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "entry.h"
#include "testing.h"

/* Test objects: the functions of Triton's interface are in fake_triton_api.c and fake_triton_responses.c. */
struct fake_triton fake;

static char instance_place;
static char model_place;
static char backend_place;

#define INSTANCE ((TRITONBACKEND_ModelInstance *)(void *)&instance_place)
#define MODEL ((TRITONBACKEND_Model *)(void *)&model_place)
#define BACKEND ((TRITONBACKEND_Backend *)(void *)&backend_place)

TRITONSERVER_Error *fake_load(void) {
  TRITONSERVER_Error *error = TRITONBACKEND_Initialize(BACKEND);
  if (error != NULL) {
    return error;
  }
  error = TRITONBACKEND_ModelInitialize(MODEL);
  if (error != NULL) {
    CHECK(TRITONBACKEND_Finalize(BACKEND) == NULL);
    return error;
  }
  CHECK(TRITONBACKEND_ModelInstanceInitialize(INSTANCE) == NULL);
  return NULL;
}

void fake_unload(void) {
  CHECK(TRITONBACKEND_ModelInstanceFinalize(INSTANCE) == NULL);
  CHECK(TRITONBACKEND_ModelFinalize(MODEL) == NULL);
  CHECK(TRITONBACKEND_Finalize(BACKEND) == NULL);
  CHECK_INT(fake.errors, 0);
  CHECK_INT(fake.responses, 0);
  CHECK_INT(fake.children, 0);
  memset(&fake, 0, sizeof fake);
}

struct fake_target *fake_target_add(const char *name, const char *config) {
  struct fake_target *target = &fake.targets[fake.target_count++];
  memset(target, 0, sizeof *target);
  strcpy(target->name, name);
  target->config = config;
  return target;
}

TRITONBACKEND_Request *fake_request(void) {
  TRITONBACKEND_Request *request = calloc(1, sizeof *request);
  CHECK(request != NULL);
  return request;
}

void fake_request_input(TRITONBACKEND_Request *request, const char *name, TRITONSERVER_DataType datatype,
                        const int64_t *shape, uint32_t rank) {
  struct TRITONBACKEND_Input *input = &request->inputs[request->input_count++];
  CHECK(request->input_count <= FAKE_TENSORS && rank <= FAKE_DIMS);
  strcpy(input->name, name);
  input->datatype = datatype;
  input->rank = rank;
  memcpy(input->shape, shape, rank * sizeof *shape);
}

void fake_request_data(TRITONBACKEND_Request *request, const void *base, uint64_t bytes) {
  struct TRITONBACKEND_Input *input = &request->inputs[request->input_count - 1];
  CHECK(input->buffer_count < FAKE_BUFFERS);
  input->buffers[input->buffer_count++] = (struct fake_buffer){base, bytes, TRITONSERVER_MEMORY_CPU};
}

void fake_request_output(TRITONBACKEND_Request *request, const char *name) {
  strcpy(request->outputs[request->output_count++], name);
}

void fake_request_text(TRITONBACKEND_Request *request, const char *key, const char *value) {
  struct fake_parameter *parameter = &request->parameters[request->parameter_count++];
  strcpy(parameter->key, key);
  parameter->type = TRITONSERVER_PARAMETER_STRING;
  strcpy(parameter->text, value);
}

void fake_request_free(TRITONBACKEND_Request *request) {
  CHECK(request->final);
  CHECK_INT(request->released, 1);
  for (uint32_t i = 0; i < request->response_count; i++) {
    CHECK(TRITONBACKEND_ResponseDelete(request->responses[i]) == NULL);
  }
  free(request);
}

void fake_execute(TRITONBACKEND_Request **requests, uint32_t count) {
  CHECK(TRITONBACKEND_ModelInstanceExecute(INSTANCE, requests, count) == NULL);
}

const struct TRITONBACKEND_Input *fake_input(const TRITONBACKEND_Request *request, const char *name) {
  for (uint32_t i = 0; i < request->input_count; i++) {
    if (strcmp(request->inputs[i].name, name) == 0) {
      return &request->inputs[i];
    }
  }
  return NULL;
}

const struct TRITONBACKEND_Output *fake_output(const TRITONBACKEND_Request *request, const char *name) {
  CHECK_INT(request->response_count, 1);
  const TRITONBACKEND_Response *response = request->responses[0];
  for (uint32_t i = 0; i < response->output_count; i++) {
    if (strcmp(response->outputs[i].name, name) == 0) {
      return &response->outputs[i];
    }
  }
  return NULL;
}

unsigned char *fake_bytes(const struct TRITONBACKEND_Input *input, uint64_t *bytes) {
  *bytes = 0;
  for (uint32_t i = 0; i < input->buffer_count; i++) {
    *bytes += input->buffers[i].bytes;
  }
  unsigned char *all = malloc(*bytes + 1);
  CHECK(all != NULL);
  uint64_t at = 0;
  for (uint32_t i = 0; i < input->buffer_count; i++) {
    memcpy(all + at, input->buffers[i].base, input->buffers[i].bytes);
    at += input->buffers[i].bytes;
  }
  return all;
}

/* ---- What targets do ---- */

static pthread_mutex_t queues = PTHREAD_MUTEX_INITIALIZER;

void fake_enqueue(struct fake_target *target, TRITONBACKEND_Request *child) {
  pthread_mutex_lock(&queues);
  TRITONBACKEND_Request **end = &target->oldest;
  while (*end != NULL) {
    end = &(*end)->next;
  }
  *end = child;
  target->received++;
  pthread_mutex_unlock(&queues);
}

static TRITONBACKEND_Request *take(struct fake_target *target) {
  pthread_mutex_lock(&queues);
  TRITONBACKEND_Request *request = target->oldest;
  if (request != NULL) {
    target->oldest = request->next;
    request->next = NULL;
  }
  pthread_mutex_unlock(&queues);
  return request;
}

static const char *input_of(const char *output) {
  return strcmp(output, "Y") == 0 ? "X" : strcmp(output, "H") == 0 ? "ids" : "mask";
}

static void put_output(TRITONBACKEND_Request *child, const char *name, TRITONBACKEND_Response *response) {
  const struct TRITONBACKEND_Input *input = fake_input(child, input_of(name));
  TRITONBACKEND_Output *output = NULL;
  void *buffer = NULL;
  TRITONSERVER_MemoryType type = TRITONSERVER_MEMORY_CPU;
  int64_t type_id = 0;
  uint64_t bytes = 0;
  CHECK(input != NULL);
  unsigned char *data = fake_bytes(input, &bytes);
  CHECK(TRITONBACKEND_ResponseOutput(response, &output, name, input->datatype, input->shape, input->rank) ==
        NULL);
  CHECK(TRITONBACKEND_OutputBuffer(output, &buffer, bytes, &type, &type_id) == NULL);
  if (bytes > 0) {
    memcpy(buffer, data, bytes);
  }
  fake.written = buffer;
  free(data);
}

static void respond(TRITONBACKEND_Request *child, uint32_t flags, TRITONSERVER_Error *error) {
  TRITONBACKEND_Response *response = NULL;
  CHECK(TRITONBACKEND_ResponseNew(&response, child) == NULL);
  for (uint32_t i = 0; error == NULL && i < child->output_count; i++) {
    put_output(child, child->outputs[i], response);
  }
  CHECK(TRITONBACKEND_ResponseSetIntParameter(response, "answered", 1) == NULL);
  CHECK(TRITONBACKEND_ResponseSend(response, flags, error) == NULL);
}

static void release(TRITONBACKEND_Request *child) {
  CHECK(TRITONBACKEND_RequestRelease(child, TRITONSERVER_REQUEST_RELEASE_ALL) == NULL);
}

bool fake_answer(struct fake_target *target) {
  TRITONBACKEND_Request *child = take(target);
  if (child != NULL) {
    respond(child, TRITONSERVER_RESPONSE_COMPLETE_FINAL, NULL);
    release(child);
  }
  return child != NULL;
}

bool fake_fail(struct fake_target *target, TRITONSERVER_Error_Code code, const char *message) {
  TRITONBACKEND_Request *child = take(target);
  if (child != NULL) {
    TRITONSERVER_Error *error = TRITONSERVER_ErrorNew(code, message);
    respond(child, TRITONSERVER_RESPONSE_COMPLETE_FINAL, error);
    TRITONSERVER_ErrorDelete(error);
    release(child);
  }
  return child != NULL;
}

bool fake_stream(struct fake_target *target, bool end) {
  TRITONBACKEND_Request *child = target->oldest;
  if (child == NULL) {
    return false;
  }
  if (!end) {
    respond(child, 0, NULL);
    return true;
  }
  take(target);
  TRITONBACKEND_ResponseFactory *factory = NULL;
  CHECK(TRITONBACKEND_ResponseFactoryNew(&factory, child) == NULL);
  CHECK(TRITONBACKEND_ResponseFactorySendFlags(factory, TRITONSERVER_RESPONSE_COMPLETE_FINAL) == NULL);
  CHECK(TRITONBACKEND_ResponseFactoryDelete(factory) == NULL);
  release(child);
  return true;
}
