#include "slot_tensors.h"

#include <string.h>

#include "errors.h"
#include "model_config.h"
#include "shared_memory.h"

enum { DATA_ALIGNMENT = 64 };

void waip_slot_open(struct waip_slot_writer *writer, unsigned char *slot, uint32_t rows) {
  *writer = (struct waip_slot_writer){slot, 0, WAIP_RINGS_SLOT_HEADER_BYTES};
  waip_store_u32(slot + WAIP_RINGS_SLOT_INPUT_COUNT, 0);
  waip_store_u32(slot + WAIP_RINGS_SLOT_ROWS, rows);
}

static TRITONSERVER_Error *too_much(const struct waip_tensor *tensor, const char *what, int limit) {
  return waip_error(TRITONSERVER_ERROR_INVALID_ARG, "waip: input '%.128s': the batch has more than %d %s",
                    tensor->name, limit, what);
}

static void describe(unsigned char *header, const struct waip_tensor *tensor, const int64_t *shape,
                     uint64_t place, uint64_t bytes) {
  uint64_t record[WAIP_RINGS_TENSOR_BYTES / 8] = {0};
  unsigned char *at = (unsigned char *)record;
  memcpy(at + WAIP_RINGS_TENSOR_NAME, tensor->name, strlen(tensor->name));
  waip_put_u32(at, WAIP_RINGS_TENSOR_TYPE, tensor->datatype);
  waip_put_u32(at, WAIP_RINGS_TENSOR_RANK, tensor->rank);
  memcpy(at + WAIP_RINGS_TENSOR_SHAPE, shape, tensor->rank * sizeof *shape);
  waip_put_u64(at, WAIP_RINGS_TENSOR_DATA, place);
  waip_put_u64(at, WAIP_RINGS_TENSOR_DATA_BYTES, bytes);
  waip_copy_to_shared(header, record, sizeof record);
}

TRITONSERVER_Error *waip_slot_add(struct waip_slot_writer *writer, const struct waip_tensor *tensor,
                                  const int64_t *shape, uint64_t bytes, unsigned char **data) {
  uint64_t place = (writer->end + DATA_ALIGNMENT - 1) / DATA_ALIGNMENT * DATA_ALIGNMENT;
  if (writer->count == WAIP_RINGS_SLOT_TENSORS) {
    return too_much(tensor, "inputs", WAIP_RINGS_SLOT_TENSORS);
  }
  if (tensor->rank == 0 || tensor->rank > WAIP_RINGS_DIMS || strlen(tensor->name) >= WAIP_RINGS_NAME_BYTES) {
    return too_much(tensor, "dimensions, or none, or a longer name than is allowed", WAIP_RINGS_DIMS);
  }
  if (bytes > WAIP_RINGS_ARENA_SLOT_BYTES || place > WAIP_RINGS_ARENA_SLOT_BYTES - bytes) {
    return too_much(tensor, "bytes", WAIP_RINGS_ARENA_SLOT_BYTES);
  }
  describe(writer->slot + WAIP_RINGS_SLOT_INPUTS + (size_t)writer->count * WAIP_RINGS_TENSOR_BYTES, tensor,
           shape, place, bytes);
  writer->count++;
  writer->end = place + bytes;
  waip_store_u32(writer->slot + WAIP_RINGS_SLOT_INPUT_COUNT, writer->count);
  *data = writer->slot + place;
  return NULL;
}

uint32_t waip_slot_output_count(const unsigned char *slot) {
  uint32_t count = waip_load_u32(slot + WAIP_RINGS_SLOT_OUTPUT_COUNT);
  return count <= WAIP_RINGS_SLOT_TENSORS ? count : 0;
}

static bool is_whole(const struct waip_slot_output *output) {
  const struct waip_source *source = &output->source;
  uint32_t element_bytes = waip_datatype_bytes(source->datatype);
  int64_t elements = waip_elements(source->shape, source->rank);
  int64_t bytes;
  return element_bytes > 0 && elements >= 0 &&
         !__builtin_mul_overflow(elements, (int64_t)element_bytes, &bytes) && (uint64_t)bytes == source->bytes;
}

bool waip_slot_output(const unsigned char *slot, uint32_t index, struct waip_slot_output *output) {
  uint64_t record[WAIP_RINGS_TENSOR_BYTES / 8];
  const unsigned char *at = (const unsigned char *)record;
  waip_copy_from_shared(record, slot + WAIP_RINGS_SLOT_OUTPUTS + (size_t)index * WAIP_RINGS_TENSOR_BYTES,
                        sizeof record);
  memcpy(output->name, at + WAIP_RINGS_TENSOR_NAME, WAIP_RINGS_NAME_BYTES);
  memcpy(output->shape, at + WAIP_RINGS_TENSOR_SHAPE, sizeof output->shape);
  uint32_t datatype = waip_get_u32(at, WAIP_RINGS_TENSOR_TYPE);
  uint32_t rank = waip_get_u32(at, WAIP_RINGS_TENSOR_RANK);
  uint64_t place = waip_get_u64(at, WAIP_RINGS_TENSOR_DATA);
  uint64_t bytes = waip_get_u64(at, WAIP_RINGS_TENSOR_DATA_BYTES);
  if (memchr(output->name, 0, WAIP_RINGS_NAME_BYTES) == NULL || datatype > TRITONSERVER_TYPE_BF16 ||
      rank < 1 || rank > WAIP_RINGS_DIMS || place < WAIP_RINGS_SLOT_HEADER_BYTES ||
      place % DATA_ALIGNMENT != 0 || bytes > WAIP_RINGS_ARENA_SLOT_BYTES ||
      place > WAIP_RINGS_ARENA_SLOT_BYTES - bytes) {
    return false;
  }
  output->source = (struct waip_source){output->name,  (TRITONSERVER_DataType)datatype,
                                        output->shape, rank,
                                        slot + place,  bytes};
  return is_whole(output);
}

void waip_slot_message(const unsigned char *slot, char message[WAIP_RINGS_SLOT_MESSAGE_BYTES]) {
  uint64_t words[WAIP_RINGS_SLOT_MESSAGE_BYTES / 8];
  waip_copy_from_shared(words, slot + WAIP_RINGS_SLOT_MESSAGE, sizeof words);
  memcpy(message, words, sizeof words);
  message[WAIP_RINGS_SLOT_MESSAGE_BYTES - 1] = '\0';
}
