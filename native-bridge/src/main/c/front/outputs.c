#include "outputs.h"

#include <string.h>

#include "errors.h"
#include "parents.h"
#include "tensors.h"

/* Its address marks an output that is in the client's buffer. */
static char direct_mark;

bool waip_output_is_direct(const void *buffer_userp) {
  return buffer_userp == &direct_mark;
}

static const struct waip_output_spec *find_spec(const struct waip_model_config *config, const char *name) {
  for (uint32_t i = 0; i < config->output_count; i++) {
    if (strcmp(config->outputs[i].name, name) == 0) {
      return &config->outputs[i];
    }
  }
  return NULL;
}

/* The declared shape with the rows of the child before it; the number of dimensions. */
static uint32_t full_shape(const struct waip_child *child, const struct waip_output_spec *spec,
                           int64_t shape[WAIP_RINGS_DIMS + 1]) {
  uint32_t rank = 0;
  if (child->model->config.max_batch > 0) {
    shape[rank++] = child->rows;
  }
  for (uint32_t i = 0; i < spec->rank; i++) {
    shape[rank++] = spec->dims[i];
  }
  return rank;
}

bool waip_output_as_declared(const struct waip_child *child, const char *name, const int64_t *shape,
                             uint64_t rank) {
  int64_t declared[WAIP_RINGS_DIMS + 1];
  const struct waip_output_spec *spec = find_spec(&child->model->config, name);
  return spec != NULL && full_shape(child, spec, declared) == rank &&
         memcmp(declared, shape, rank * sizeof *shape) == 0;
}

/*
 * The order of outputs is that of their creation, for clients too: once one output is in a buffer of
 * ours, all that follow are.
 */
static bool may_be_direct(const struct waip_child *child) {
  return child->count == 1 && atomic_load(&child->model->direct_outputs) && !child->model->config.decoupled &&
         !child->pooled_output && !child->members[0]->responded;
}

/* What Triton asks the allocator for. */
struct ask {
  struct waip_child *child;
  const char *name;
  size_t bytes;
  TRITONSERVER_MemoryType type;
  int64_t type_id;
};

/* The shape under which the output may be created in the client's response; its rank, 0 for none. */
static uint32_t direct_shape(const struct ask *ask, int64_t shape[WAIP_RINGS_DIMS + 1],
                             TRITONSERVER_DataType *datatype) {
  const struct waip_output_spec *spec = find_spec(&ask->child->model->config, ask->name);
  if (spec == NULL || !may_be_direct(ask->child)) {
    return 0;
  }
  uint32_t rank = full_shape(ask->child, spec, shape);
  int64_t elements = waip_elements(shape, rank);
  bool fits = elements >= 0 && (uint64_t)elements * waip_datatype_bytes(spec->datatype) == ask->bytes;
  *datatype = (TRITONSERVER_DataType)spec->datatype;
  return fits ? rank : 0;
}

/* Creates the output in the client's response; the memory is what the client's side gives. */
static TRITONSERVER_Error *allocate_direct(struct ask *ask, TRITONSERVER_DataType datatype,
                                           const int64_t *shape, uint32_t rank, void **buffer) {
  struct waip_parent *parent = ask->child->members[0];
  TRITONBACKEND_Output *output = NULL;
  TRITONSERVER_Error *error =
    parent->response != NULL ? NULL : TRITONBACKEND_ResponseNew(&parent->response, parent->request);
  if (error == NULL) {
    error = TRITONBACKEND_ResponseOutput(parent->response, &output, ask->name, datatype, shape, rank);
  }
  return error != NULL ? error
                       : TRITONBACKEND_OutputBuffer(output, buffer, ask->bytes, &ask->type, &ask->type_id);
}

static TRITONSERVER_Error *allocate_pooled(struct ask *ask, void **buffer, void **buffer_userp) {
  *buffer = NULL;
  *buffer_userp = NULL;
  ask->type = TRITONSERVER_MEMORY_CPU;
  ask->type_id = 0;
  ask->child->pooled_output = true;
  if (ask->bytes == 0) {
    return NULL;
  }
  *buffer_userp = waip_buffers_take(&ask->child->model->buffers, ask->bytes, buffer);
  return *buffer_userp != NULL ? NULL
                               : waip_error(TRITONSERVER_ERROR_UNAVAILABLE,
                                            "waip: no memory for an output of %zu bytes", ask->bytes);
}

/* Parameters as Triton gives them. */
static TRITONSERVER_Error *allocate(TRITONSERVER_ResponseAllocator *allocator, const char *name,
                                    size_t bytes, TRITONSERVER_MemoryType type, int64_t type_id, void *userp,
                                    void **buffer, void **buffer_userp, TRITONSERVER_MemoryType *actual_type,
                                    int64_t *actual_type_id) {
  struct ask ask = {userp, name, bytes, type, type_id};
  int64_t shape[WAIP_RINGS_DIMS + 1];
  TRITONSERVER_DataType datatype;
  TRITONSERVER_Error *error;
  (void)allocator;
  uint32_t rank = direct_shape(&ask, shape, &datatype);
  if (rank > 0) {
    *buffer_userp = &direct_mark;
    error = allocate_direct(&ask, datatype, shape, rank, buffer);
  } else {
    error = allocate_pooled(&ask, buffer, buffer_userp);
  }
  *actual_type = ask.type;
  *actual_type_id = ask.type_id;
  return error;
}

/* The child may be gone by now: a buffer knows the pool it goes back to. */
static TRITONSERVER_Error *release(TRITONSERVER_ResponseAllocator *allocator, void *buffer,
                                   void *buffer_userp, size_t bytes, TRITONSERVER_MemoryType type,
                                   int64_t type_id) {
  (void)allocator;
  (void)buffer;
  (void)bytes;
  (void)type;
  (void)type_id;
  if (buffer_userp != NULL && !waip_output_is_direct(buffer_userp)) {
    waip_buffers_give(buffer_userp);
  }
  return NULL;
}

TRITONSERVER_Error *waip_outputs_open(struct waip_model *model) {
  return TRITONSERVER_ResponseAllocatorNew(&model->allocator, allocate, release, NULL);
}
