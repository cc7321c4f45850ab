/* Reading of a request's inputs, and the arithmetic of rows and lengths in row-major tensors. */
#ifndef WAIP_FRONT_TENSORS_H
#define WAIP_FRONT_TENSORS_H

#include "seat.h"
#include "waip/triton_api.h"

enum { WAIP_RANK = 32 };

/* Where the length of a row is, and how a shorter row is filled up. */
struct waip_lengths {
  const char *input; /* "" when the service has no length */
  const char *mask;  /* "" when there is none; filled up with 0 */
  uint32_t axis;     /* counting the batch axis */
  int64_t pad_value; /* in the input's type */
  bool paddable;
};

struct waip_tensor {
  TRITONBACKEND_Input *input;
  const char *name;
  TRITONSERVER_DataType datatype;
  const int64_t *shape; /* with the batch axis, where the model batches */
  uint32_t rank;
  uint64_t bytes;
  uint32_t buffers;
};

/* A tensor seen as [outer, length, inner bytes], cut at the length axis. */
struct waip_cut {
  uint64_t outer;
  uint64_t length;
  uint64_t inner_bytes;
};

struct waip_lengths waip_lengths_of(const struct waip_service_table *table);

/* Both false where the request has no such input. */
bool waip_tensor_at(TRITONBACKEND_Request *request, uint32_t index, struct waip_tensor *tensor);
bool waip_tensor_named(TRITONBACKEND_Request *request, const char *name, struct waip_tensor *tensor);

/* Whether this input has the length axis. */
bool waip_lengths_apply(const struct waip_lengths *lengths, const char *input_name);

/* Whether all buffers are in memory that the processor reads. */
bool waip_tensor_readable(const struct waip_tensor *tensor);

/* Elements, or -1 when a dimension is negative or the product overflows. */
int64_t waip_elements(const int64_t *shape, uint64_t rank);

/* False when the axis is out of range or sizes overflow; `element_bytes` > 0. */
bool waip_cut_at(const int64_t *shape, uint64_t rank, uint32_t axis, uint32_t element_bytes,
                 struct waip_cut *cut);

/*
 * Bytes of the first `elements` texts of a BYTES tensor, each a 32-bit length and so many bytes; -1 when
 * the tensor ends before.
 */
int64_t waip_texts_bytes(const unsigned char *data, size_t data_bytes, int64_t elements);

/* The pad value's bit pattern in the type, in the low bytes; false for a type that cannot be padded. */
bool waip_pad_bits(TRITONSERVER_DataType datatype, int64_t value, uint64_t *bits);

#endif
