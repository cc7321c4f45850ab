#include "child_request.h"

#include <string.h>

#include "descriptor.h"
#include "errors.h"
#include "model_config.h"
#include "padding.h"
#include "reader.h"

uint32_t waip_request_rows(const struct waip_model *model, TRITONBACKEND_Request *request) {
  struct waip_tensor tensor;
  uint32_t count = 0;
  waip_ignore(TRITONBACKEND_RequestInputCount(request, &count));
  if (model->config.max_batch == 0 || count == 0 || !waip_tensor_at(request, 0, &tensor) ||
      tensor.rank == 0 || tensor.shape[0] < 0 || tensor.shape[0] > UINT32_MAX) {
    return 1;
  }
  return (uint32_t)tensor.shape[0];
}

/* ---- What goes with the tensors ---- */

static TRITONSERVER_Error *copy_identity(TRITONSERVER_InferenceRequest *to, TRITONBACKEND_Request *from) {
  const char *text = NULL;
  uint32_t flags = 0;
  uint64_t id = 0;
  TRITONSERVER_Error *error = TRITONBACKEND_RequestId(from, &text);
  if (error == NULL && text != NULL && *text != '\0') {
    error = TRITONSERVER_InferenceRequestSetId(to, text);
  }
  waip_ignore(TRITONBACKEND_RequestFlags(from, &flags));
  if (error == NULL && flags != 0) {
    error = TRITONSERVER_InferenceRequestSetFlags(to, flags);
  }
  TRITONSERVER_Error *is_text = TRITONBACKEND_RequestCorrelationId(from, &id);
  if (error == NULL && is_text == NULL && id != 0) {
    error = TRITONSERVER_InferenceRequestSetCorrelationId(to, id);
  } else if (error == NULL && is_text != NULL) {
    error = TRITONBACKEND_RequestCorrelationIdString(from, &text);
    error = error != NULL ? error : TRITONSERVER_InferenceRequestSetCorrelationIdString(to, text);
  }
  waip_ignore(is_text);
  return error;
}

static TRITONSERVER_Error *set_parameter(TRITONSERVER_InferenceRequest *to, const char *key,
                                         TRITONSERVER_ParameterType type, const void *value) {
  switch (type) {
    case TRITONSERVER_PARAMETER_STRING: return TRITONSERVER_InferenceRequestSetStringParameter(to, key, value);
    case TRITONSERVER_PARAMETER_INT:
      return TRITONSERVER_InferenceRequestSetIntParameter(to, key, *(const int64_t *)value);
    case TRITONSERVER_PARAMETER_BOOL:
      return TRITONSERVER_InferenceRequestSetBoolParameter(to, key, *(const bool *)value);
    case TRITONSERVER_PARAMETER_DOUBLE:
      return TRITONSERVER_InferenceRequestSetDoubleParameter(to, key, *(const double *)value);
    default: return NULL; /* bytes: there is no call that sets them, and no protocol that carries them */
  }
}

/* The planner's own parameters differ among merged parents, and no target reads them for a batch. */
static TRITONSERVER_Error *copy_parameters(TRITONSERVER_InferenceRequest *to, TRITONBACKEND_Request *from,
                                           bool merged) {
  uint32_t count = 0;
  TRITONSERVER_Error *error = TRITONBACKEND_RequestParameterCount(from, &count);
  for (uint32_t i = 0; error == NULL && i < count; i++) {
    const char *key = NULL;
    TRITONSERVER_ParameterType type;
    const void *value = NULL;
    error = TRITONBACKEND_RequestParameter(from, i, &key, &type, &value);
    if (error == NULL && !(merged && waip_parameter_is_ours(key))) {
      error = set_parameter(to, key, type, value);
    }
  }
  return error;
}

/* The most urgent priority, and the longest time-out if all parents have one: none is cut short. */
static TRITONSERVER_Error *set_urgency(const struct waip_child *child) {
  uint64_t priority = 0;
  uint64_t timeout = 0;
  bool bounded = true;
  for (uint32_t i = 0; i < child->count; i++) {
    TRITONBACKEND_Request *request = child->members[i]->request;
    uint64_t own_priority = 0;
    uint64_t own_timeout = 0;
    waip_ignore(
      TRITONSERVER_InferenceRequestPriorityUInt64((TRITONSERVER_InferenceRequest *)request, &own_priority));
    waip_ignore(TRITONBACKEND_InferenceRequestTimeoutMicroseconds(request, &own_timeout));
    priority = own_priority != 0 && (priority == 0 || own_priority < priority) ? own_priority : priority;
    timeout = own_timeout > timeout ? own_timeout : timeout;
    bounded = bounded && own_timeout != 0;
  }
  TRITONSERVER_Error *error =
    priority == 0 ? NULL : TRITONSERVER_InferenceRequestSetPriorityUInt64(child->request, priority);
  if (error == NULL && bounded) {
    error = TRITONSERVER_InferenceRequestSetTimeoutMicroseconds(child->request, timeout);
  }
  return error;
}

static TRITONSERVER_Error *copy_requested_outputs(TRITONSERVER_InferenceRequest *to,
                                                  TRITONBACKEND_Request *from) {
  uint32_t count = 0;
  TRITONSERVER_Error *error = TRITONBACKEND_RequestOutputCount(from, &count);
  for (uint32_t i = 0; error == NULL && i < count; i++) {
    const char *name = NULL;
    error = TRITONBACKEND_RequestOutputName(from, i, &name);
    error = error != NULL ? error : TRITONSERVER_InferenceRequestAddRequestedOutput(to, name);
  }
  return error;
}

/* ---- Tensors ---- */

static TRITONSERVER_Error *append_whole(TRITONSERVER_InferenceRequest *to, const struct waip_tensor *tensor) {
  TRITONSERVER_Error *error = NULL;
  for (uint32_t i = 0; error == NULL && i < tensor->buffers; i++) {
    const void *buffer = NULL;
    uint64_t bytes = 0;
    TRITONSERVER_MemoryType type = TRITONSERVER_MEMORY_CPU;
    int64_t type_id = 0;
    error = TRITONBACKEND_InputBuffer(tensor->input, i, &buffer, &bytes, &type, &type_id);
    if (error == NULL && bytes > 0) {
      error =
        TRITONSERVER_InferenceRequestAppendInputData(to, tensor->name, buffer, bytes, type, type_id);
    }
  }
  return error;
}

static TRITONSERVER_Error *append_slice(TRITONSERVER_InferenceRequest *to, struct waip_reader *reader,
                                        uint64_t bytes) {
  TRITONSERVER_Error *error = NULL;
  while (error == NULL && bytes > 0) {
    struct waip_piece piece;
    error = waip_reader_take(reader, bytes, &piece);
    if (error == NULL) {
      error = TRITONSERVER_InferenceRequestAppendInputData(to, reader->tensor->name, piece.at, piece.bytes,
                                                           piece.type, piece.type_id);
      bytes -= piece.bytes;
    }
  }
  return error;
}

static TRITONSERVER_Error *append_pad(TRITONSERVER_InferenceRequest *to, const char *name,
                                      const unsigned char *page, uint64_t bytes) {
  TRITONSERVER_Error *error = NULL;
  while (error == NULL && bytes > 0) {
    uint64_t part = bytes < WAIP_PAD_PAGE_BYTES ? bytes : WAIP_PAD_PAGE_BYTES;
    error =
      TRITONSERVER_InferenceRequestAppendInputData(to, name, page, part, TRITONSERVER_MEMORY_CPU, 0);
    bytes -= part;
  }
  return error;
}

/* Row slice, pad, row slice, pad ... */
static TRITONSERVER_Error *append_padded(struct waip_child *child, const struct waip_tensor *tensor,
                                         const struct waip_lengths *lengths) {
  struct waip_padding padding;
  struct waip_reader reader;
  TRITONSERVER_Error *error = waip_padding_of(tensor, lengths, child->padded_length, &padding);
  waip_reader_open(&reader, tensor);
  for (uint64_t i = 0; error == NULL && i < padding.outer; i++) {
    error = append_slice(child->request, &reader, padding.row_bytes);
    error = error != NULL ? error : append_pad(child->request, tensor->name, padding.page, padding.pad_bytes);
  }
  return error;
}

static TRITONSERVER_Error *add_input(struct waip_child *child, const struct waip_tensor *tensor,
                                     const struct waip_lengths *lengths) {
  int64_t shape[WAIP_RANK];
  if (tensor->rank > WAIP_RANK) {
    return waip_error(TRITONSERVER_ERROR_INVALID_ARG, "waip: input '%.128s' has more than %d dimensions",
                      tensor->name, WAIP_RANK);
  }
  memcpy(shape, tensor->shape, tensor->rank * sizeof *shape);
  if (child->count > 1 && tensor->rank > 0) {
    shape[0] = child->rows;
  }
  if (waip_needs_padding(tensor, lengths, child->padded_length)) {
    shape[lengths->axis] = child->padded_length;
  }
  return TRITONSERVER_InferenceRequestAddInput(child->request, tensor->name, tensor->datatype, shape,
                                               tensor->rank);
}

static TRITONSERVER_Error *append_of(struct waip_child *child, TRITONBACKEND_Request *from, const char *name,
                                     const struct waip_lengths *lengths) {
  struct waip_tensor tensor;
  if (!waip_tensor_named(from, name, &tensor)) {
    return waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: merged requests differ in input '%.128s'", name);
  }
  return waip_needs_padding(&tensor, lengths, child->padded_length) ? append_padded(child, &tensor, lengths)
                                                                    : append_whole(child->request, &tensor);
}

static TRITONSERVER_Error *add_inputs(struct waip_child *child) {
  struct waip_lengths lengths = waip_lengths_of(child->table);
  TRITONBACKEND_Request *first = child->members[0]->request;
  uint32_t count = 0;
  TRITONSERVER_Error *error = TRITONBACKEND_RequestInputCount(first, &count);
  for (uint32_t i = 0; error == NULL && i < count; i++) {
    struct waip_tensor tensor;
    if (!waip_tensor_at(first, i, &tensor)) {
      return waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: input %u cannot be read", i);
    }
    error = add_input(child, &tensor, &lengths);
    for (uint32_t m = 0; error == NULL && m < child->count; m++) {
      error = append_of(child, child->members[m]->request, tensor.name, &lengths);
    }
  }
  return error;
}

static TRITONSERVER_Error *fill(struct waip_child *child, TRITONSERVER_InferenceRequestReleaseFn_t released,
                                TRITONSERVER_InferenceResponseCompleteFn_t completed) {
  TRITONSERVER_InferenceRequest *request = child->request;
  TRITONBACKEND_Request *first = child->members[0]->request;
  bool merged = child->count > 1;
  TRITONSERVER_Error *error = merged ? NULL : copy_identity(request, first);
  error = error != NULL ? error : set_urgency(child);
  error = error != NULL ? error : copy_parameters(request, first, merged);
  error = error != NULL ? error : add_inputs(child);
  error = error != NULL ? error : copy_requested_outputs(request, first);
  error = error != NULL ? error : TRITONSERVER_InferenceRequestSetReleaseCallback(request, released, child);
  return error != NULL ? error
                       : TRITONSERVER_InferenceRequestSetResponseCallback(
                           request, child->model->allocator, child, completed, child);
}

/*
 * A client that names no version is told of the model where none of its versions is there, not of the
 * version the front chose for it.
 */
static TRITONSERVER_Error *plainer(TRITONSERVER_Error *error, const struct waip_model *model) {
  TRITONSERVER_InferenceRequest *any = NULL;
  TRITONSERVER_Error *of_all =
    TRITONSERVER_InferenceRequestNew(&any, model->server, model->targets[0].name, -1);
  if (of_all == NULL) {
    waip_ignore(TRITONSERVER_InferenceRequestDelete(any));
    return error;
  }
  waip_ignore(error);
  return of_all;
}

static TRITONSERVER_Error *new_request(TRITONSERVER_InferenceRequest **request,
                                       const struct waip_model *model, const struct waip_target *target) {
  bool is_default = target == &model->targets[0];
  int64_t version = is_default ? model->config.knobs.target_version : -1;
  TRITONSERVER_Error *error = TRITONSERVER_InferenceRequestNew(request, model->server, target->name, version);
  if (error != NULL) {
    *request = NULL;
    error = is_default && model->config.versioned ? plainer(error, model) : error;
  }
  return error;
}

bool waip_parent_pin(struct waip_parent *parent) {
  TRITONSERVER_Error *error = new_request(&parent->pinned, parent->model, &parent->model->targets[0]);
  waip_ignore(error);
  return error == NULL;
}

TRITONSERVER_Error *waip_child_request_build(struct waip_child *child,
                                             TRITONSERVER_InferenceRequestReleaseFn_t released,
                                             TRITONSERVER_InferenceResponseCompleteFn_t completed) {
  struct waip_parent *first = child->members[0];
  TRITONSERVER_Error *error = NULL;
  if (child->target == &child->model->targets[0] && first->pinned != NULL) {
    child->request = first->pinned;
    first->pinned = NULL;
  } else {
    error = new_request(&child->request, child->model, child->target);
  }
  if (error != NULL) {
    return error;
  }
  error = fill(child, released, completed);
  if (error != NULL) {
    waip_ignore(TRITONSERVER_InferenceRequestDelete(child->request));
    child->request = NULL;
  }
  return error;
}
