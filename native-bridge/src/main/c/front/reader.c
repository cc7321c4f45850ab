#include "reader.h"

void waip_reader_open(struct waip_reader *reader, const struct waip_tensor *tensor) {
  reader->tensor = tensor;
  reader->next = 0;
  reader->left = (struct waip_piece){NULL, 0, TRITONSERVER_MEMORY_CPU, 0};
}

TRITONSERVER_Error *waip_reader_take(struct waip_reader *reader, uint64_t most, struct waip_piece *piece) {
  while (reader->left.bytes == 0) {
    const void *buffer = NULL;
    TRITONSERVER_Error *error =
      TRITONBACKEND_InputBuffer(reader->tensor->input, reader->next++, &buffer, &reader->left.bytes,
                                &reader->left.type, &reader->left.type_id);
    if (error != NULL) {
      return error;
    }
    reader->left.at = buffer;
  }
  *piece = reader->left;
  piece->bytes = most < piece->bytes ? most : piece->bytes;
  reader->left.at += piece->bytes;
  reader->left.bytes -= piece->bytes;
  return NULL;
}
