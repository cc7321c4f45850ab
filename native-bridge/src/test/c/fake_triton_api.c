/* Triton's interface, first half: errors, what is loaded, and the building of requests. */
#include <stdlib.h>
#include <string.h>

#include "fake_triton.h"
#include "testing.h"

struct TRITONSERVER_Error {
  TRITONSERVER_Error_Code code;
  char message[1024];
};

struct TRITONSERVER_Message {
  const char *text;
};

struct TRITONSERVER_ResponseAllocator {
  TRITONSERVER_ResponseAllocatorAllocFn_t alloc;
  TRITONSERVER_ResponseAllocatorReleaseFn_t release;
};

static struct TRITONSERVER_Message backend_message;
static void *backend_state;
static void *model_state;
static void *instance_state;

static TRITONBACKEND_Request *as_request(TRITONSERVER_InferenceRequest *request) {
  return (TRITONBACKEND_Request *)(void *)request;
}

/* ---- Errors, messages, logs ---- */

TRITONSERVER_Error *TRITONSERVER_ErrorNew(TRITONSERVER_Error_Code code, const char *message) {
  TRITONSERVER_Error *error = calloc(1, sizeof *error);
  CHECK(error != NULL);
  error->code = code;
  strncpy(error->message, message, sizeof error->message - 1);
  fake.errors++;
  return error;
}

void TRITONSERVER_ErrorDelete(TRITONSERVER_Error *error) {
  fake.errors--;
  free(error);
}

TRITONSERVER_Error_Code TRITONSERVER_ErrorCode(TRITONSERVER_Error *error) {
  return error->code;
}

const char *TRITONSERVER_ErrorMessage(TRITONSERVER_Error *error) {
  return error->message;
}

TRITONSERVER_Error *TRITONSERVER_LogMessage(TRITONSERVER_LogLevel level, const char *file, const int line,
                                            const char *message) {
  (void)level;
  (void)file;
  (void)line;
  (void)message;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_MessageSerializeToJson(TRITONSERVER_Message *message, const char **base,
                                                        size_t *byte_size) {
  *base = message->text;
  *byte_size = strlen(message->text);
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_MessageDelete(TRITONSERVER_Message *message) {
  CHECK(message != &backend_message); /* the server's own */
  free(message);
  return NULL;
}

static TRITONSERVER_Message *message_of(const char *text) {
  TRITONSERVER_Message *message = calloc(1, sizeof *message);
  CHECK(message != NULL);
  message->text = text;
  return message;
}

static TRITONSERVER_Error *versions(uint32_t *major, uint32_t *minor, uint32_t minor_value) {
  *major = 1;
  *minor = minor_value;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_ApiVersion(uint32_t *major, uint32_t *minor) {
  return versions(major, minor, WAIP_TRITON_SERVER_MINOR);
}

TRITONSERVER_Error *TRITONBACKEND_ApiVersion(uint32_t *major, uint32_t *minor) {
  return versions(major, minor, WAIP_TRITON_BACKEND_MINOR);
}

/* ---- What is loaded ---- */

static struct fake_target *find_target(const char *name) {
  for (uint32_t i = 0; i < fake.target_count; i++) {
    if (strcmp(fake.targets[i].name, name) == 0 && fake.targets[i].config != NULL) {
      return &fake.targets[i];
    }
  }
  return NULL;
}

static TRITONSERVER_Error *unknown_model(const char *name) {
  char message[128];
  snprintf(message, sizeof message, "unknown model: '%.64s'", name);
  return TRITONSERVER_ErrorNew(TRITONSERVER_ERROR_NOT_FOUND, message);
}

TRITONSERVER_Error *TRITONSERVER_ServerModelConfig(TRITONSERVER_Server *server, const char *model,
                                                   const int64_t version, const uint32_t config_version,
                                                   TRITONSERVER_Message **config) {
  (void)server;
  (void)version;
  (void)config_version;
  const struct fake_target *target = find_target(model);
  if (target == NULL) {
    return unknown_model(model);
  }
  *config = message_of(target->config);
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_BackendConfig(TRITONBACKEND_Backend *backend,
                                                TRITONSERVER_Message **config) {
  (void)backend;
  backend_message.text = fake.backend_config == NULL ? "{}" : fake.backend_config;
  *config = &backend_message;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_BackendArtifacts(TRITONBACKEND_Backend *backend,
                                                   TRITONBACKEND_ArtifactType *type, const char **location) {
  (void)backend;
  *type = TRITONBACKEND_ARTIFACT_FILESYSTEM;
  *location = "/backends/waip";
  return NULL;
}

#define STATE(kind, handle, place)                                            \
  TRITONSERVER_Error *TRITONBACKEND_##kind##State(handle of, void **state) {  \
    (void)of;                                                                 \
    *state = place;                                                           \
    return NULL;                                                              \
  }                                                                           \
  TRITONSERVER_Error *TRITONBACKEND_##kind##SetState(handle of, void *state) { \
    (void)of;                                                                 \
    place = state;                                                            \
    return NULL;                                                              \
  }

STATE(Backend, TRITONBACKEND_Backend *, backend_state)
STATE(Model, TRITONBACKEND_Model *, model_state)
STATE(ModelInstance, TRITONBACKEND_ModelInstance *, instance_state)

TRITONSERVER_Error *TRITONBACKEND_ModelName(TRITONBACKEND_Model *model, const char **name) {
  (void)model;
  *name = "front";
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ModelVersion(TRITONBACKEND_Model *model, uint64_t *version) {
  (void)model;
  *version = 2;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ModelConfig(TRITONBACKEND_Model *model, const uint32_t config_version,
                                              TRITONSERVER_Message **config) {
  (void)model;
  (void)config_version;
  *config = message_of(fake.model_config);
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ModelServer(TRITONBACKEND_Model *model, TRITONSERVER_Server **server) {
  (void)model;
  *server = NULL;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ModelBackend(TRITONBACKEND_Model *model, TRITONBACKEND_Backend **backend) {
  (void)model;
  *backend = NULL;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ModelInstanceModel(TRITONBACKEND_ModelInstance *instance,
                                                     TRITONBACKEND_Model **model) {
  (void)instance;
  *model = NULL;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ModelInstanceReportStatistics(
  TRITONBACKEND_ModelInstance *instance, TRITONBACKEND_Request *request, const bool success,
  const uint64_t exec_start, const uint64_t compute_start, const uint64_t compute_end,
  const uint64_t exec_end) {
  CHECK(instance != NULL);
  CHECK_INT(request->released, 0);
  CHECK(exec_start <= compute_start && compute_start <= compute_end && compute_end <= exec_end);
  fake.statistics++;
  fake.failures += !success;
  return NULL;
}

TRITONSERVER_Error *TRITONBACKEND_ModelInstanceReportBatchStatistics(
  TRITONBACKEND_ModelInstance *instance, const uint64_t batch_size, const uint64_t exec_start,
  const uint64_t compute_start, const uint64_t compute_end, const uint64_t exec_end) {
  CHECK(instance != NULL);
  CHECK(exec_start <= compute_start && compute_start <= compute_end && compute_end <= exec_end);
  fake.executions++;
  fake.execution_rows += (uint32_t)batch_size;
  return NULL;
}

/* ---- Building of requests ---- */

TRITONSERVER_Error *TRITONSERVER_ResponseAllocatorNew(TRITONSERVER_ResponseAllocator **allocator,
                                                      TRITONSERVER_ResponseAllocatorAllocFn_t alloc,
                                                      TRITONSERVER_ResponseAllocatorReleaseFn_t release,
                                                      TRITONSERVER_ResponseAllocatorStartFn_t start) {
  CHECK(start == NULL);
  *allocator = calloc(1, sizeof **allocator);
  CHECK(*allocator != NULL);
  (*allocator)->alloc = alloc;
  (*allocator)->release = release;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_ResponseAllocatorDelete(TRITONSERVER_ResponseAllocator *allocator) {
  free(allocator);
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestNew(TRITONSERVER_InferenceRequest **request,
                                                     TRITONSERVER_Server *server, const char *model,
                                                     const int64_t version) {
  (void)server;
  if (find_target(model) == NULL || find_target(model)->absent) {
    return unknown_model(model);
  }
  TRITONBACKEND_Request *made = fake_request();
  strcpy(made->model, model);
  made->version = version;
  fake.children++;
  *request = (TRITONSERVER_InferenceRequest *)(void *)made;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestDelete(TRITONSERVER_InferenceRequest *request) {
  fake.children--;
  free(as_request(request));
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestSetId(TRITONSERVER_InferenceRequest *request,
                                                       const char *id) {
  strcpy(as_request(request)->id, id);
  return NULL;
}

#define SETTER(name, type, field)                                                                     \
  TRITONSERVER_Error *TRITONSERVER_InferenceRequest##name(TRITONSERVER_InferenceRequest *request,     \
                                                          type value) {                               \
    as_request(request)->field = value;                                                               \
    return NULL;                                                                                      \
  }

SETTER(SetFlags, uint32_t, flags)
SETTER(SetCorrelationId, uint64_t, correlation)
SETTER(SetPriorityUInt64, uint64_t, priority)
SETTER(SetTimeoutMicroseconds, uint64_t, timeout_micros)

TRITONSERVER_Error *TRITONSERVER_InferenceRequestSetCorrelationIdString(
  TRITONSERVER_InferenceRequest *request, const char *id) {
  (void)request;
  (void)id;
  CHECK(false); /* the requests of these tests have numbers */
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestPriorityUInt64(TRITONSERVER_InferenceRequest *request,
                                                                uint64_t *priority) {
  *priority = as_request(request)->priority;
  return NULL;
}

struct fake_parameter *fake_parameter_add(struct fake_parameter *parameters, uint32_t *count, const char *key,
                                          TRITONSERVER_ParameterType type) {
  CHECK(*count < FAKE_PARAMETERS);
  struct fake_parameter *parameter = &parameters[(*count)++];
  strcpy(parameter->key, key);
  parameter->type = type;
  return parameter;
}

#define REQUEST_PARAMETER(key, type) \
  fake_parameter_add(as_request(request)->parameters, &as_request(request)->parameter_count, key, type)

TRITONSERVER_Error *TRITONSERVER_InferenceRequestSetStringParameter(TRITONSERVER_InferenceRequest *request,
                                                                    const char *key, const char *value) {
  strcpy(REQUEST_PARAMETER(key, TRITONSERVER_PARAMETER_STRING)->text, value);
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestSetIntParameter(TRITONSERVER_InferenceRequest *request,
                                                                 const char *key, const int64_t value) {
  REQUEST_PARAMETER(key, TRITONSERVER_PARAMETER_INT)->whole = value;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestSetBoolParameter(TRITONSERVER_InferenceRequest *request,
                                                                  const char *key, const bool value) {
  REQUEST_PARAMETER(key, TRITONSERVER_PARAMETER_BOOL)->yes = value;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestSetDoubleParameter(TRITONSERVER_InferenceRequest *request,
                                                                    const char *key, const double value) {
  REQUEST_PARAMETER(key, TRITONSERVER_PARAMETER_DOUBLE)->real = value;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestAddInput(TRITONSERVER_InferenceRequest *request,
                                                          const char *name,
                                                          const TRITONSERVER_DataType datatype,
                                                          const int64_t *shape, uint64_t dim_count) {
  fake_request_input(as_request(request), name, datatype, shape, (uint32_t)dim_count);
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestAppendInputData(TRITONSERVER_InferenceRequest *request,
                                                                 const char *name, const void *base,
                                                                 size_t byte_size,
                                                                 TRITONSERVER_MemoryType memory_type,
                                                                 int64_t memory_type_id) {
  (void)memory_type_id;
  TRITONBACKEND_Request *to = as_request(request);
  CHECK(fake_input(to, name) == &to->inputs[to->input_count - 1]);
  fake_request_data(to, base, byte_size);
  struct TRITONBACKEND_Input *input = &to->inputs[to->input_count - 1];
  input->buffers[input->buffer_count - 1].type = memory_type;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestAddRequestedOutput(TRITONSERVER_InferenceRequest *request,
                                                                    const char *name) {
  fake_request_output(as_request(request), name);
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestSetReleaseCallback(
  TRITONSERVER_InferenceRequest *request, TRITONSERVER_InferenceRequestReleaseFn_t release, void *userp) {
  as_request(request)->release = release;
  as_request(request)->release_userp = userp;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestSetResponseCallback(
  TRITONSERVER_InferenceRequest *request, TRITONSERVER_ResponseAllocator *allocator, void *allocator_userp,
  TRITONSERVER_InferenceResponseCompleteFn_t complete, void *userp) {
  TRITONBACKEND_Request *to = as_request(request);
  to->alloc = allocator->alloc;
  to->free = allocator->release;
  to->alloc_userp = allocator_userp;
  to->complete = complete;
  to->complete_userp = userp;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_InferenceRequestCancel(TRITONSERVER_InferenceRequest *request) {
  as_request(request)->cancelled = true;
  return NULL;
}

TRITONSERVER_Error *TRITONSERVER_ServerInferAsync(TRITONSERVER_Server *server,
                                                  TRITONSERVER_InferenceRequest *request,
                                                  TRITONSERVER_InferenceTrace *trace) {
  (void)server;
  CHECK(trace == NULL);
  struct fake_target *target = find_target(as_request(request)->model);
  if (target == NULL || target->refusing) {
    return TRITONSERVER_ErrorNew(target == NULL ? TRITONSERVER_ERROR_UNAVAILABLE : target->refusal,
                                 "the target does not take requests");
  }
  fake_enqueue(target, as_request(request));
  if (target->immediate && target->failing) {
    fake_fail(target, TRITONSERVER_ERROR_NOT_FOUND, "the target's own");
  } else if (target->immediate) {
    fake_answer(target);
  }
  return NULL;
}
