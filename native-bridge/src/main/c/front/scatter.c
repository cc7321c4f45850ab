#include "scatter.h"

#include <string.h>

#include "errors.h"
#include "outputs.h"
#include "parents.h"
#include "share.h"

static bool table_trims(const void *context, const char *output) {
  const struct waip_service_table *table = context;
  for (uint32_t i = 0; i < table->trim_count; i++) {
    if (strcmp(table->trim_outputs[i], output) == 0) {
      return true;
    }
  }
  return false;
}

static struct waip_split split_of(const struct waip_child *child) {
  struct waip_split split = {child->target->name, child->count == 1 ? 0 : child->rows, 0, 0, table_trims,
                             child->table};
  if (child->table != NULL) {
    split.padded_length = child->padded_length;
    split.axis = child->table->length_axis;
  }
  return split;
}

/* A direct output is where it belongs already, if it is what it was taken for. */
static TRITONSERVER_Error *check_direct(const struct waip_child *child, const struct waip_source *source) {
  if (waip_output_as_declared(child, source->name, source->shape, source->rank)) {
    return NULL;
  }
  atomic_store(&child->model->direct_outputs, false);
  return waip_error(TRITONSERVER_ERROR_INTERNAL,
                    "waip: output '%.128s' of '%.128s' has another shape than the front's configuration declares",
                    source->name, child->target->name);
}

static TRITONSERVER_Error *put_outputs(const struct waip_child *child,
                                       TRITONSERVER_InferenceResponse *response,
                                       const struct waip_portion *portion, TRITONBACKEND_Response *to) {
  struct waip_split split = split_of(child);
  uint32_t count = 0;
  TRITONSERVER_Error *error = TRITONSERVER_InferenceResponseOutputCount(response, &count);
  for (uint32_t i = 0; error == NULL && i < count; i++) {
    struct waip_source source;
    const void *base = NULL;
    void *userp = NULL;
    TRITONSERVER_MemoryType type; /* the buffers are ours: never GPU memory */
    int64_t type_id;
    error = TRITONSERVER_InferenceResponseOutput(response, i, &source.name, &source.datatype, &source.shape,
                                                 &source.rank, &base, &source.bytes, &type, &type_id, &userp);
    source.base = base;
    if (error == NULL) {
      error = waip_output_is_direct(userp) ? check_direct(child, &source)
                                           : waip_share_put(&split, &source, portion, to);
    }
  }
  return error;
}

static void put_parameter(TRITONBACKEND_Response *to, const char *name, TRITONSERVER_ParameterType type,
                          const void *value) {
  switch (type) {
    case TRITONSERVER_PARAMETER_STRING:
      waip_ignore(TRITONBACKEND_ResponseSetStringParameter(to, name, value));
      break;
    case TRITONSERVER_PARAMETER_INT:
      waip_ignore(TRITONBACKEND_ResponseSetIntParameter(to, name, *(const int64_t *)value));
      break;
    case TRITONSERVER_PARAMETER_BOOL:
      waip_ignore(TRITONBACKEND_ResponseSetBoolParameter(to, name, *(const bool *)value));
      break;
    case TRITONSERVER_PARAMETER_DOUBLE:
      waip_ignore(TRITONBACKEND_ResponseSetDoubleParameter(to, name, *(const double *)value));
      break;
    default: break; /* bytes: there is no call that sets them */
  }
}

static void put_parameters(TRITONSERVER_InferenceResponse *response, TRITONBACKEND_Response *to) {
  uint32_t count = 0;
  waip_ignore(TRITONSERVER_InferenceResponseParameterCount(response, &count));
  for (uint32_t i = 0; i < count; i++) {
    const char *name = NULL;
    TRITONSERVER_ParameterType type;
    const void *value = NULL;
    TRITONSERVER_Error *error = TRITONSERVER_InferenceResponseParameter(response, i, &name, &type, &value);
    if (error == NULL) {
      put_parameter(to, name, type, value);
    }
    waip_ignore(error);
  }
}

/* False when the client got an error. */
static bool answer(struct waip_child *child, TRITONSERVER_InferenceResponse *response,
                   struct waip_parent *parent, uint32_t first, bool final) {
  struct waip_portion portion = {first, parent->rows, parent->length};
  TRITONBACKEND_Response *to = NULL;
  TRITONSERVER_Error *error = waip_parent_response(parent, &to);
  if (error != NULL) {
    waip_ignore(error);
    parent->answered = final;
    return false;
  }
  error = put_outputs(child, response, &portion, to);
  put_parameters(response, to);
  waip_parent_send(parent, to, final, error);
  waip_ignore(error);
  return error == NULL;
}

uint32_t waip_scatter_response(struct waip_child *child, TRITONSERVER_InferenceResponse *response,
                               bool final) {
  uint32_t first = 0;
  uint32_t failed = 0;
  for (uint32_t i = 0; i < child->count; i++) {
    struct waip_parent *parent = child->members[i];
    if (!parent->answered) {
      failed += !answer(child, response, parent, first, final);
    }
    first += parent->rows;
  }
  return failed;
}
