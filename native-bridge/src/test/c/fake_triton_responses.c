/* Triton's interface, second half: reading of requests, and responses. */
#include <stdlib.h>
#include <string.h>

#include "fake_triton.h"
#include "testing.h"

#define RESPONSE_PARAMETER(key, type) \
  fake_parameter_add(response->parameters, &response->parameter_count, key, type)

static TRITONBACKEND_Response *as_response(TRITONSERVER_InferenceResponse *response) {
  return (TRITONBACKEND_Response *)(void *)response;
}

/* ---- Reading of requests ---- */

TRITONSERVER_Error *TRITONBACKEND_RequestId(TRITONBACKEND_Request *request, const char **id) {
  *id = request->id;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestIsCancelled(TRITONBACKEND_Request *request, bool *cancelled) {
  CHECK_INT(request->released, 0);
  *cancelled = request->cancelled;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestCorrelationId(TRITONBACKEND_Request *request, uint64_t *id) {
  *id = request->correlation;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestCorrelationIdString(TRITONBACKEND_Request *request,
                                                             const char **id) {
  (void)request;
  (void)id;
  return TRITONSERVER_ErrorNew(TRITONSERVER_ERROR_INVALID_ARG, "the id is a number");
}

TRITONSERVER_Error *TRITONBACKEND_RequestFlags(TRITONBACKEND_Request *request, uint32_t *flags) {
  *flags = request->flags;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_InferenceRequestTimeoutMicroseconds(TRITONBACKEND_Request *request,
                                                                      uint64_t *timeout_micros) {
  *timeout_micros = request->timeout_micros;
  return NULL;
}

static const void *value_of(const struct fake_parameter *parameter) {
  switch (parameter->type) {
    case TRITONSERVER_PARAMETER_STRING: return parameter->text;
    case TRITONSERVER_PARAMETER_INT: return &parameter->whole;
    case TRITONSERVER_PARAMETER_BOOL: return &parameter->yes;
    default: return &parameter->real;
  }
}

TRITONSERVER_Error *TRITONBACKEND_RequestParameterCount(TRITONBACKEND_Request *request, uint32_t *count) {
  *count = request->parameter_count;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestParameter(TRITONBACKEND_Request *request, const uint32_t index,
                                                   const char **key, TRITONSERVER_ParameterType *type,
                                                   const void **value) {
  *key = request->parameters[index].key;
  *type = request->parameters[index].type;
  *value = value_of(&request->parameters[index]);
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestInputCount(TRITONBACKEND_Request *request, uint32_t *count) {
  *count = request->input_count;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestInputByIndex(TRITONBACKEND_Request *request, const uint32_t index,
                                                      TRITONBACKEND_Input **input) {
  CHECK(index < request->input_count);
  *input = &request->inputs[index];
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestInput(TRITONBACKEND_Request *request, const char *name,
                                               TRITONBACKEND_Input **input) {
  *input = (TRITONBACKEND_Input *)(uintptr_t)fake_input(request, name);
  return *input != NULL ? NULL : TRITONSERVER_ErrorNew(TRITONSERVER_ERROR_INVALID_ARG, "no such input");
}

TRITONSERVER_Error *TRITONBACKEND_RequestOutputCount(TRITONBACKEND_Request *request, uint32_t *count) {
  *count = request->output_count;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestOutputName(TRITONBACKEND_Request *request, const uint32_t index,
                                                    const char **name) {
  *name = request->outputs[index];
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_InputProperties(TRITONBACKEND_Input *input, const char **name,
                                                  TRITONSERVER_DataType *datatype, const int64_t **shape,
                                                  uint32_t *dims_count, uint64_t *byte_size,
                                                  uint32_t *buffer_count) {
  *name = input->name;
  *datatype = input->datatype;
  *shape = input->shape;
  *dims_count = input->rank;
  *byte_size = 0;
  for (uint32_t i = 0; i < input->buffer_count; i++) {
    *byte_size += input->buffers[i].bytes;
  }
  *buffer_count = input->buffer_count;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_InputBuffer(TRITONBACKEND_Input *input, const uint32_t index,
                                              const void **buffer, uint64_t *byte_size,
                                              TRITONSERVER_MemoryType *memory_type,
                                              int64_t *memory_type_id) {
  if (index >= input->buffer_count) {
    return TRITONSERVER_ErrorNew(TRITONSERVER_ERROR_INVALID_ARG, "no such buffer");
  }
  *buffer = input->buffers[index].base;
  *byte_size = input->buffers[index].bytes;
  *memory_type = input->buffers[index].type;
  *memory_type_id = 0;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_RequestRelease(TRITONBACKEND_Request *request, uint32_t flags) {
  /* The owner may free it as soon as it is released. */
  TRITONSERVER_InferenceRequestReleaseFn_t release = request->release;
  void *userp = request->release_userp;
  request->released++;
  if (release != NULL) {
    release((TRITONSERVER_InferenceRequest *)(void *)request, flags, userp);
  }
  return NULL;
}

/* ---- Responses ---- */

TRITONSERVER_Error *TRITONBACKEND_ResponseNew(TRITONBACKEND_Response **response,
                                              TRITONBACKEND_Request *request) {
  CHECK_INT(request->released, 0);
  *response = calloc(1, sizeof **response);
  CHECK(*response != NULL);
  (*response)->request = request;
  fake.responses++;
  return NULL;
}

static void free_output(TRITONBACKEND_Response *response, struct TRITONBACKEND_Output *output) {
  if (output->buffer == NULL) {
    return;
  }
  if (output->buffer_userp == output) {
    free(output->buffer);
    return;
  }
  CHECK(response->request->free != NULL);
  CHECK(response->request->free(NULL, output->buffer, output->buffer_userp, output->bytes,
                                TRITONSERVER_MEMORY_CPU, 0) == NULL);
}

TRITONSERVER_Error *TRITONBACKEND_ResponseDelete(TRITONBACKEND_Response *response) {
  for (uint32_t i = 0; i < response->output_count; i++) {
    free_output(response, &response->outputs[i]);
  }
  fake.responses--;
  free(response);
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseOutput(TRITONBACKEND_Response *response,
                                                 TRITONBACKEND_Output **output, const char *name,
                                                 const TRITONSERVER_DataType datatype,
                                                 const int64_t *shape, const uint32_t dims_count) {
  CHECK(response->output_count < FAKE_TENSORS && dims_count <= FAKE_DIMS);
  *output = &response->outputs[response->output_count++];
  (*output)->response = response;
  strcpy((*output)->name, name);
  (*output)->datatype = datatype;
  (*output)->rank = dims_count;
  memcpy((*output)->shape, shape, dims_count * sizeof *shape);
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_OutputBuffer(TRITONBACKEND_Output *output, void **buffer,
                                               const uint64_t byte_size,
                                               TRITONSERVER_MemoryType *memory_type,
                                               int64_t *memory_type_id) {
  const TRITONBACKEND_Request *request = output->response->request;
  output->bytes = byte_size;
  if (request->alloc != NULL) {
    TRITONSERVER_Error *error =
      request->alloc(NULL, output->name, byte_size, *memory_type, *memory_type_id, request->alloc_userp,
                     &output->buffer, &output->buffer_userp, memory_type, memory_type_id);
    *buffer = output->buffer;
    return error;
  }
  output->buffer = byte_size == 0 ? NULL : malloc(byte_size);
  output->buffer_userp = output;
  *buffer = output->buffer;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseSetStringParameter(TRITONBACKEND_Response *response,
                                                             const char *name, const char *value) {
  strcpy(RESPONSE_PARAMETER(name, TRITONSERVER_PARAMETER_STRING)->text, value);
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseSetIntParameter(TRITONBACKEND_Response *response, const char *name,
                                                          const int64_t value) {
  RESPONSE_PARAMETER(name, TRITONSERVER_PARAMETER_INT)->whole = value;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseSetBoolParameter(TRITONBACKEND_Response *response,
                                                           const char *name, const bool value) {
  RESPONSE_PARAMETER(name, TRITONSERVER_PARAMETER_BOOL)->yes = value;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseSetDoubleParameter(TRITONBACKEND_Response *response,
                                                             const char *name, const double value) {
  RESPONSE_PARAMETER(name, TRITONSERVER_PARAMETER_DOUBLE)->real = value;
  return NULL;
}

static void deliver(TRITONBACKEND_Request *request, TRITONBACKEND_Response *response, uint32_t flags) {
  bool final = (flags & TRITONSERVER_RESPONSE_COMPLETE_FINAL) != 0;
  if (request->complete != NULL) {
    request->complete((TRITONSERVER_InferenceResponse *)(void *)response, flags, request->complete_userp);
    return;
  }
  CHECK(!request->final); /* nothing follows the last response */
  CHECK_INT(request->released, 0);
  CHECK(request->response_count < FAKE_RESPONSES);
  if (response != NULL) {
    request->responses[request->response_count++] = response;
  }
  request->final = final;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseSend(TRITONBACKEND_Response *response, const uint32_t flags,
                                               TRITONSERVER_Error *error) {
  if (error != NULL) {
    response->failed = true;
    response->code = TRITONSERVER_ErrorCode(error);
    strcpy(response->message, TRITONSERVER_ErrorMessage(error));
  }
  deliver(response->request, response, flags);
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseFactoryNew(TRITONBACKEND_ResponseFactory **factory,
                                                     TRITONBACKEND_Request *request) {
  *factory = (TRITONBACKEND_ResponseFactory *)(void *)request;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseFactoryDelete(TRITONBACKEND_ResponseFactory *factory) {
  (void)factory;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ResponseFactorySendFlags(TRITONBACKEND_ResponseFactory *factory,
                                                           const uint32_t flags) {
  deliver((TRITONBACKEND_Request *)(void *)factory, NULL, flags);
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceResponseDelete(TRITONSERVER_InferenceResponse *response) {
  return TRITONBACKEND_ResponseDelete(as_response(response));
}

TRITONSERVER_Error *TRITONSERVER_InferenceResponseError(TRITONSERVER_InferenceResponse *response) {
  const TRITONBACKEND_Response *of = as_response(response);
  return of->failed ? TRITONSERVER_ErrorNew(of->code, of->message) : NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceResponseParameterCount(TRITONSERVER_InferenceResponse *response,
                                                                 uint32_t *count) {
  *count = as_response(response)->parameter_count;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceResponseParameter(TRITONSERVER_InferenceResponse *response,
                                                            const uint32_t index, const char **name,
                                                            TRITONSERVER_ParameterType *type,
                                                            const void **value) {
  const struct fake_parameter *parameter = &as_response(response)->parameters[index];
  *name = parameter->key;
  *type = parameter->type;
  *value = value_of(parameter);
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceResponseOutputCount(TRITONSERVER_InferenceResponse *response,
                                                              uint32_t *count) {
  *count = as_response(response)->output_count;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceResponseOutput(
  TRITONSERVER_InferenceResponse *response, const uint32_t index, const char **name,
  TRITONSERVER_DataType *datatype, const int64_t **shape, uint64_t *dim_count, const void **base,
  size_t *byte_size, TRITONSERVER_MemoryType *memory_type, int64_t *memory_type_id, void **userp) {
  const struct TRITONBACKEND_Output *output = &as_response(response)->outputs[index];
  *name = output->name;
  *datatype = output->datatype;
  *shape = output->shape;
  *dim_count = output->rank;
  *base = output->buffer;
  *byte_size = output->bytes;
  *memory_type = TRITONSERVER_MEMORY_CPU;
  *memory_type_id = 0;
  *userp = output->buffer_userp;
  return NULL;
}
