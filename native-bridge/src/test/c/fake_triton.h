/*
 * A hand-written Triton for tests of the front: requests, responses, one loaded model of this backend and
 * the targets it may send to. Targets keep what they got until the test runs it. Requests may be given and
 * answered on several threads, each request by one at a time.
 */
#ifndef WAIP_FAKE_TRITON_H
#define WAIP_FAKE_TRITON_H

#include "waip/triton_api.h"

enum { FAKE_TENSORS = 6, FAKE_BUFFERS = 128, FAKE_PARAMETERS = 8, FAKE_RESPONSES = 8, FAKE_DIMS = 8, FAKE_TARGETS = 4 };

struct fake_buffer {
  const void *base;
  uint64_t bytes;
  TRITONSERVER_MemoryType type;
};

struct TRITONBACKEND_Input {
  char name[64];
  TRITONSERVER_DataType datatype;
  int64_t shape[FAKE_DIMS];
  uint32_t rank;
  struct fake_buffer buffers[FAKE_BUFFERS];
  uint32_t buffer_count;
};

struct TRITONBACKEND_Output {
  TRITONBACKEND_Response *response;
  char name[64];
  TRITONSERVER_DataType datatype;
  int64_t shape[FAKE_DIMS];
  uint32_t rank;
  void *buffer;
  void *buffer_userp;
  uint64_t bytes;
};

struct fake_parameter {
  char key[64];
  TRITONSERVER_ParameterType type;
  char text[64];
  int64_t whole;
  double real;
  bool yes;
};

struct TRITONBACKEND_Response {
  TRITONBACKEND_Request *request;
  struct TRITONBACKEND_Output outputs[FAKE_TENSORS];
  uint32_t output_count;
  struct fake_parameter parameters[FAKE_PARAMETERS];
  uint32_t parameter_count;
  bool failed;
  TRITONSERVER_Error_Code code;
  char message[1024];
};

/* Both a client's request to the front and a child: the same thing in Triton too. */
struct TRITONBACKEND_Request {
  char model[64];
  int64_t version;
  char id[64];
  uint32_t flags;
  uint64_t correlation;
  uint64_t priority;
  uint64_t timeout_micros;
  struct TRITONBACKEND_Input inputs[FAKE_TENSORS];
  uint32_t input_count;
  char outputs[FAKE_TENSORS][64];
  uint32_t output_count;
  struct fake_parameter parameters[FAKE_PARAMETERS];
  uint32_t parameter_count;
  _Atomic bool cancelled;
  /* Of a child. */
  TRITONSERVER_ResponseAllocatorAllocFn_t alloc;
  TRITONSERVER_ResponseAllocatorReleaseFn_t free;
  void *alloc_userp;
  TRITONSERVER_InferenceRequestReleaseFn_t release;
  void *release_userp;
  TRITONSERVER_InferenceResponseCompleteFn_t complete;
  void *complete_userp;
  TRITONBACKEND_Request *next; /* in the target's queue */
  /* Of a client's request: what it got. */
  TRITONBACKEND_Response *responses[FAKE_RESPONSES];
  uint32_t response_count;
  _Atomic bool final;
  _Atomic uint32_t released;
};

struct fake_target {
  char name[64];
  const char *config;
  TRITONSERVER_Error_Code refusal; /* when `refusing`: what ServerInferAsync returns */
  bool refusing;
  bool absent;                     /* unloaded: new requests are refused, those made before run */
  bool immediate;                  /* answers within ServerInferAsync */
  bool failing;                    /* when immediate: with NOT_FOUND */
  _Atomic uint32_t received;
  TRITONBACKEND_Request *oldest;
};

struct fake_triton {
  const char *model_config;
  const char *backend_config;
  struct fake_target targets[FAKE_TARGETS];
  uint32_t target_count;
  /* Objects alive, which a test brings back to zero. */
  _Atomic int errors;
  _Atomic int responses;
  _Atomic int children;
  const void *_Atomic written; /* where a target last wrote an output */
  _Atomic uint32_t statistics;
  _Atomic uint32_t failures;
  _Atomic uint32_t executions;
  _Atomic uint32_t execution_rows;
};

extern struct fake_triton fake;

/* For the two halves of the interface. */
void fake_enqueue(struct fake_target *target, TRITONBACKEND_Request *child);
struct fake_parameter *fake_parameter_add(struct fake_parameter *parameters, uint32_t *count, const char *key,
                                          TRITONSERVER_ParameterType type);

/* Loads and unloads the model of `fake.model_config`, with one instance. NULL, or the error of the load. */
TRITONSERVER_Error *fake_load(void);
void fake_unload(void);

struct fake_target *fake_target_add(const char *name, const char *config);

/* A client's request; freed by fake_request_free, which checks that it was answered and released once. */
TRITONBACKEND_Request *fake_request(void);
void fake_request_input(TRITONBACKEND_Request *request, const char *name, TRITONSERVER_DataType datatype,
                        const int64_t *shape, uint32_t rank);
void fake_request_data(TRITONBACKEND_Request *request, const void *base, uint64_t bytes);
void fake_request_output(TRITONBACKEND_Request *request, const char *name);
void fake_request_text(TRITONBACKEND_Request *request, const char *key, const char *value);
void fake_request_free(TRITONBACKEND_Request *request);

/* Gives requests to the loaded instance, as one batch. */
void fake_execute(TRITONBACKEND_Request **requests, uint32_t count);

/*
 * The target answers its oldest request: each requested output is the bytes of the input before it in the
 * alphabet of the pairs X -> Y, ids -> H, mask -> M, with that input's shape. Returns the child, which
 * is not to be used afterwards, or NULL when there is none.
 */
bool fake_answer(struct fake_target *target);
bool fake_fail(struct fake_target *target, TRITONSERVER_Error_Code code, const char *message);
/* Sends one response that is not the last, or only the end, for decoupled targets. */
bool fake_stream(struct fake_target *target, bool end);

/* The bytes of an input, put together; the caller frees. */
unsigned char *fake_bytes(const struct TRITONBACKEND_Input *input, uint64_t *bytes);
const struct TRITONBACKEND_Input *fake_input(const TRITONBACKEND_Request *request, const char *name);
/* Output of the only response of a client's request. */
const struct TRITONBACKEND_Output *fake_output(const TRITONBACKEND_Request *request, const char *name);

#endif
