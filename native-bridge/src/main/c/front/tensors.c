#include "tensors.h"

#include <string.h>

#include "errors.h"
#include "model_config.h"

struct waip_lengths waip_lengths_of(const struct waip_service_table *table) {
  struct waip_lengths none = {"", "", 0, 0, false};
  if (table == NULL || table->length_input[0] == '\0') {
    return none;
  }
  return (struct waip_lengths){table->length_input, table->mask_input, table->length_axis, table->pad_value,
                               table->paddable};
}

static bool read_properties(TRITONSERVER_Error *error, struct waip_tensor *tensor) {
  if (error == NULL) {
    error = TRITONBACKEND_InputProperties(tensor->input, &tensor->name, &tensor->datatype, &tensor->shape,
                                          &tensor->rank, &tensor->bytes, &tensor->buffers);
  }
  waip_ignore(error);
  return error == NULL;
}

bool waip_tensor_at(TRITONBACKEND_Request *request, uint32_t index, struct waip_tensor *tensor) {
  return read_properties(TRITONBACKEND_RequestInputByIndex(request, index, &tensor->input), tensor);
}

bool waip_tensor_named(TRITONBACKEND_Request *request, const char *name, struct waip_tensor *tensor) {
  return read_properties(TRITONBACKEND_RequestInput(request, name, &tensor->input), tensor);
}

bool waip_lengths_apply(const struct waip_lengths *lengths, const char *input_name) {
  return lengths->input[0] != '\0' &&
         (strcmp(lengths->input, input_name) == 0 || strcmp(lengths->mask, input_name) == 0);
}

bool waip_tensor_readable(const struct waip_tensor *tensor) {
  for (uint32_t i = 0; i < tensor->buffers; i++) {
    const void *buffer;
    uint64_t bytes;
    TRITONSERVER_MemoryType type = TRITONSERVER_MEMORY_CPU;
    int64_t type_id = 0;
    TRITONSERVER_Error *error = TRITONBACKEND_InputBuffer(tensor->input, i, &buffer, &bytes, &type, &type_id);
    if (error != NULL || type == TRITONSERVER_MEMORY_GPU) {
      waip_ignore(error);
      return false;
    }
  }
  return true;
}

int64_t waip_elements(const int64_t *shape, uint64_t rank) {
  int64_t elements = 1;
  for (uint64_t i = 0; i < rank; i++) {
    if (shape[i] < 0 || __builtin_mul_overflow(elements, shape[i], &elements)) {
      return -1;
    }
  }
  return elements;
}

bool waip_cut_at(const int64_t *shape, uint64_t rank, uint32_t axis, uint32_t element_bytes,
                 struct waip_cut *cut) {
  if (axis >= rank) {
    return false;
  }
  int64_t outer = waip_elements(shape, axis);
  int64_t inner = waip_elements(shape + axis + 1, rank - axis - 1);
  int64_t total;
  if (outer < 0 || inner < 0 || shape[axis] < 0 ||
      __builtin_mul_overflow(inner, (int64_t)element_bytes, &inner) ||
      __builtin_mul_overflow(inner, shape[axis], &total) || __builtin_mul_overflow(total, outer, &total)) {
    return false;
  }
  *cut = (struct waip_cut){(uint64_t)outer, (uint64_t)shape[axis], (uint64_t)inner};
  return true;
}

int64_t waip_texts_bytes(const unsigned char *data, size_t data_bytes, int64_t elements) {
  size_t at = 0;
  for (int64_t i = 0; i < elements; i++) {
    uint32_t length;
    if (data_bytes - at < sizeof length) {
      return -1;
    }
    memcpy(&length, data + at, sizeof length);
    at += sizeof length;
    if (data_bytes - at < length) {
      return -1;
    }
    at += length;
  }
  return (int64_t)at;
}

bool waip_pad_bits(TRITONSERVER_DataType datatype, int64_t value, uint64_t *bits) {
  float single = (float)value;
  double twice = (double)value;
  uint32_t single_bits;
  switch (datatype) {
    case TRITONSERVER_TYPE_FP32:
      memcpy(&single_bits, &single, sizeof single_bits);
      *bits = single_bits;
      return true;
    case TRITONSERVER_TYPE_FP64: memcpy(bits, &twice, sizeof twice); return true;
    case TRITONSERVER_TYPE_FP16:
    case TRITONSERVER_TYPE_BF16: *bits = 0; return value == 0;
    default: *bits = (uint64_t)value; return waip_datatype_bytes(datatype) > 0;
  }
}
