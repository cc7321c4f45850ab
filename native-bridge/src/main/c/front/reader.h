/* Reading of an input from front to back, over buffers that may part anywhere. */
#ifndef WAIP_FRONT_READER_H
#define WAIP_FRONT_READER_H

#include "tensors.h"

struct waip_piece {
  const unsigned char *at;
  uint64_t bytes;
  TRITONSERVER_MemoryType type;
  int64_t type_id;
};

struct waip_reader {
  const struct waip_tensor *tensor;
  uint32_t next;
  struct waip_piece left; /* of the buffer begun */
};

void waip_reader_open(struct waip_reader *reader, const struct waip_tensor *tensor);

/* The next piece, of 1 to `most` bytes (>= 1). An error also where the input is shorter than its shape. */
TRITONSERVER_Error *waip_reader_take(struct waip_reader *reader, uint64_t most, struct waip_piece *piece);

#endif
