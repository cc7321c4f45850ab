#include "direct.h"

#include <string.h>

#include "child_request.h"
#include "errors.h"
#include "grouping.h"
#include "padding.h"
#include "parents.h"
#include "reader.h"
#include "slot_tensors.h"
#include "statistics.h"

/*
 * What clients are told to wait while there is no planner: the seat starts one anew within a fraction of
 * a second, and it is warm within a few.
 */
#define RETRY_AFTER_MS "1000"

/* Requests of one execution. */
struct batch {
  struct waip_model *model;
  struct waip_group group;
  uint32_t padded_length; /* 0 when all lengths are equal */
};

static struct waip_lengths lengths_of(const struct waip_knobs *knobs) {
  return (struct waip_lengths){knobs->pad_input, knobs->mask_input, (uint32_t)knobs->pad_axis, knobs->pad_value,
                               knobs->pad_input[0] != '\0'};
}

static bool knobs_trim(const void *context, const char *output) {
  const struct waip_knobs *knobs = context;
  return waip_list_names(knobs->trim_outputs, output);
}

/* ---- Gather ---- */

static TRITONSERVER_Error *copy_slice(struct waip_reader *reader, uint64_t bytes, unsigned char **out) {
  TRITONSERVER_Error *error = NULL;
  while (error == NULL && bytes > 0) {
    struct waip_piece piece;
    error = waip_reader_take(reader, bytes, &piece);
    if (error == NULL && piece.type == TRITONSERVER_MEMORY_GPU) {
      error = waip_error(TRITONSERVER_ERROR_UNSUPPORTED, "waip: input '%.128s' is in GPU memory",
                         reader->tensor->name);
    }
    if (error == NULL) {
      memcpy(*out, piece.at, piece.bytes);
      *out += piece.bytes;
      bytes -= piece.bytes;
    }
  }
  return error;
}

static void fill(const struct waip_padding *padding, unsigned char **out) {
  for (uint64_t left = padding->pad_bytes; left > 0;) {
    uint64_t part = left < WAIP_PAD_PAGE_BYTES ? left : WAIP_PAD_PAGE_BYTES;
    memcpy(*out, padding->page, part);
    *out += part;
    left -= part;
  }
}

static TRITONSERVER_Error *copy_padded(const struct batch *batch, const struct waip_tensor *tensor,
                                       const struct waip_lengths *lengths, unsigned char **out) {
  struct waip_padding padding;
  struct waip_reader reader;
  TRITONSERVER_Error *error = waip_padding_of(tensor, lengths, batch->padded_length, &padding);
  waip_reader_open(&reader, tensor);
  for (uint64_t i = 0; error == NULL && i < padding.outer; i++) {
    error = copy_slice(&reader, padding.row_bytes, out);
    if (error == NULL) {
      fill(&padding, out);
    }
  }
  return error;
}

static TRITONSERVER_Error *copy_input(const struct batch *batch, TRITONBACKEND_Request *from, const char *name,
                                      const struct waip_lengths *lengths, unsigned char **out) {
  struct waip_tensor tensor;
  struct waip_reader reader;
  if (!waip_tensor_named(from, name, &tensor)) {
    return waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: batched requests differ in input '%.128s'", name);
  }
  if (waip_needs_padding(&tensor, lengths, batch->padded_length)) {
    return copy_padded(batch, &tensor, lengths, out);
  }
  waip_reader_open(&reader, &tensor);
  return copy_slice(&reader, tensor.bytes, out);
}

/* The tensor's shape in the batch, and its bytes. */
static TRITONSERVER_Error *batch_shape(const struct batch *batch, const struct waip_tensor *tensor,
                                       const struct waip_lengths *lengths, int64_t shape[WAIP_RANK],
                                       uint64_t *bytes) {
  uint32_t element_bytes = waip_datatype_bytes(tensor->datatype);
  if (element_bytes == 0 || tensor->rank > WAIP_RANK) {
    return waip_error(TRITONSERVER_ERROR_UNSUPPORTED, "waip: input '%.128s' has a type or shape that mode "
                      "direct does not take", tensor->name);
  }
  memcpy(shape, tensor->shape, tensor->rank * sizeof *shape);
  if (batch->model->config.max_batch > 0 && tensor->rank > 0) {
    shape[0] = batch->group.rows;
  }
  if (waip_needs_padding(tensor, lengths, batch->padded_length)) {
    shape[lengths->axis] = batch->padded_length;
  }
  int64_t elements = waip_elements(shape, tensor->rank);
  if (elements < 0 || __builtin_mul_overflow((uint64_t)elements, element_bytes, bytes)) {
    return waip_error(TRITONSERVER_ERROR_INVALID_ARG, "waip: input '%.128s' is too large", tensor->name);
  }
  return NULL;
}

static TRITONSERVER_Error *gather_input(const struct batch *batch, struct waip_slot_writer *writer,
                                        const struct waip_tensor *tensor, const struct waip_lengths *lengths) {
  int64_t shape[WAIP_RANK];
  uint64_t bytes = 0;
  unsigned char *data = NULL;
  TRITONSERVER_Error *error = batch_shape(batch, tensor, lengths, shape, &bytes);
  error = error != NULL ? error : waip_slot_add(writer, tensor, shape, bytes, &data);
  unsigned char *out = data;
  for (uint32_t i = 0; error == NULL && i < batch->group.count; i++) {
    error = copy_input(batch, batch->group.members[i]->request, tensor->name, lengths, &out);
  }
  return error;
}

static TRITONSERVER_Error *gather(const struct batch *batch, struct waip_execution *execution) {
  struct waip_lengths lengths = lengths_of(&batch->model->config.knobs);
  struct waip_slot_writer writer;
  TRITONBACKEND_Request *first = batch->group.members[0]->request;
  uint32_t count = 0;
  waip_slot_open(&writer, execution->slot, batch->group.rows);
  TRITONSERVER_Error *error = TRITONBACKEND_RequestInputCount(first, &count);
  for (uint32_t i = 0; error == NULL && i < count; i++) {
    struct waip_tensor tensor;
    error = waip_tensor_at(first, i, &tensor)
              ? gather_input(batch, &writer, &tensor, &lengths)
              : waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: input %u cannot be read", i);
  }
  return error;
}

/* ---- Scatter ---- */

static bool is_requested(TRITONBACKEND_Request *request, const char *output) {
  uint32_t count = 0;
  waip_ignore(TRITONBACKEND_RequestOutputCount(request, &count));
  for (uint32_t i = 0; i < count; i++) {
    const char *name = NULL;
    waip_ignore(TRITONBACKEND_RequestOutputName(request, i, &name));
    if (name != NULL && strcmp(name, output) == 0) {
      return true;
    }
  }
  return false;
}

static TRITONSERVER_Error *put_outputs(const struct batch *batch, const unsigned char *slot,
                                       const struct waip_portion *portion, struct waip_parent *parent,
                                       TRITONBACKEND_Response *to) {
  const struct waip_knobs *knobs = &batch->model->config.knobs;
  struct waip_split split = {batch->model->name, batch->group.count == 1 ? 0 : batch->group.rows,
                             batch->padded_length, (uint32_t)knobs->pad_axis, knobs_trim, knobs};
  TRITONSERVER_Error *error = NULL;
  uint32_t count = waip_slot_output_count(slot);
  for (uint32_t i = 0; error == NULL && i < count; i++) {
    struct waip_slot_output output;
    if (!waip_slot_output(slot, i, &output)) {
      return waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: the planner described output %u of '%s' wrongly",
                        i, batch->model->name);
    }
    if (is_requested(parent->request, output.name)) {
      error = waip_share_put(&split, &output.source, portion, to);
    }
  }
  return error;
}

static void answer(struct batch *batch, const unsigned char *slot) {
  uint32_t first = 0;
  for (uint32_t i = 0; i < batch->group.count; i++) {
    struct waip_parent *parent = batch->group.members[i];
    struct waip_portion portion = {first, parent->rows, parent->length};
    TRITONBACKEND_Response *to = NULL;
    first += parent->rows;
    TRITONSERVER_Error *error = waip_parent_response(parent, &to);
    if (error == NULL) {
      error = put_outputs(batch, slot, &portion, parent, to);
      waip_parent_send(parent, to, true, error);
    }
    waip_count(batch->model, error == NULL ? WAIP_RINGS_COUNTER_ANSWERED : WAIP_RINGS_COUNTER_TARGET_FAILED, 1);
    waip_ignore(error);
  }
}

static void fail(struct batch *batch, TRITONSERVER_Error *error) {
  waip_count(batch->model, WAIP_RINGS_COUNTER_TARGET_FAILED, batch->group.count);
  for (uint32_t i = 0; i < batch->group.count; i++) {
    waip_parent_fail(batch->group.members[i], error);
  }
  waip_ignore(error);
}

/* ---- Execution ---- */

static void stamp(struct batch *batch, uint64_t start_nanos, uint64_t end_nanos) {
  for (uint32_t i = 0; i < batch->group.count; i++) {
    batch->group.members[i]->compute_start_nanos = start_nanos;
    batch->group.members[i]->compute_end_nanos = end_nanos;
  }
}

static TRITONSERVER_Error *planner_lost(void) {
  return waip_error(TRITONSERVER_ERROR_UNAVAILABLE, "waip: planner_lost; retry_after_ms=" RETRY_AFTER_MS);
}

static TRITONSERVER_Error *run(struct batch *batch, struct waip_execution *execution) {
  char message[WAIP_RINGS_SLOT_MESSAGE_BYTES];
  TRITONSERVER_Error *error = gather(batch, execution);
  if (error != NULL) {
    return error;
  }
  uint64_t start_nanos = waip_now_nanos();
  enum waip_execution_result result = waip_execution_run(execution);
  stamp(batch, start_nanos, waip_now_nanos());
  switch (result) {
    case WAIP_EXECUTED: return NULL;
    case WAIP_EXECUTION_FAILED:
      waip_slot_message(execution->slot, message);
      return waip_error(TRITONSERVER_ERROR_INTERNAL, "%s", message);
    default: return planner_lost();
  }
}

static void execute(struct batch *batch) {
  struct waip_execution execution;
  if (!waip_execution_begin(batch->model->channel, &execution)) {
    fail(batch, planner_lost());
    return;
  }
  TRITONSERVER_Error *error = run(batch, &execution);
  if (error != NULL) {
    fail(batch, error);
  } else {
    answer(batch, execution.slot);
  }
  waip_execution_end(&execution);
  waip_statistics_execution(batch->group.members[0], batch->group.rows);
}

/* ---- The batch as Triton formed it ---- */

static bool length_of(TRITONBACKEND_Request *request, const char *input, int64_t axis, uint32_t *length) {
  struct waip_tensor tensor;
  if (input[0] == '\0' || !waip_tensor_named(request, input, &tensor) || axis >= tensor.rank ||
      tensor.shape[axis] < 0 || tensor.shape[axis] > UINT32_MAX) {
    return false;
  }
  *length = (uint32_t)tensor.shape[axis];
  return true;
}

/* Rows and length of a request; one whose mask has another length is not merged with others. */
static void measure(struct waip_parent *parent) {
  const struct waip_knobs *knobs = &parent->model->config.knobs;
  uint32_t masked = 0;
  parent->rows = waip_request_rows(parent->model, parent->request);
  if (length_of(parent->request, knobs->pad_input, knobs->pad_axis, &parent->length) &&
      length_of(parent->request, knobs->mask_input, knobs->pad_axis, &masked)) {
    parent->alone = masked != parent->length;
  }
}

static struct waip_parent *open_all(struct waip_instance *instance, TRITONBACKEND_Request **requests,
                                    uint32_t count) {
  struct waip_parent *list = NULL;
  struct waip_parent **end = &list;
  uint64_t now_nanos = waip_now_nanos();
  for (uint32_t i = 0; i < count; i++) {
    struct waip_parent *parent = waip_parent_open(instance, requests[i], now_nanos);
    if (parent == NULL) {
      waip_request_refuse(requests[i], waip_error(TRITONSERVER_ERROR_UNAVAILABLE, "waip: out of memory"));
      continue;
    }
    measure(parent);
    *end = parent;
    end = &parent->next;
  }
  return list;
}

void waip_direct_execute(struct waip_instance *instance, TRITONBACKEND_Request **requests, uint32_t count) {
  struct waip_model *model = instance->model;
  struct waip_group_limits limits = {model->config.max_batch > 0 ? UINT32_MAX : 0, model->config.max_batch > 0,
                                     lengths_of(&model->config.knobs)};
  waip_count(model, WAIP_RINGS_COUNTER_REQUESTS, count);
  struct waip_parent *list = open_all(instance, requests, count);
  while (list != NULL) {
    struct batch batch = {.model = model};
    waip_group_take(&list, &limits, &batch.group);
    batch.padded_length = batch.group.padded ? batch.group.longest : 0;
    execute(&batch);
    for (uint32_t i = 0; i < batch.group.count; i++) {
      waip_parent_settle(batch.group.members[i]);
    }
  }
}
