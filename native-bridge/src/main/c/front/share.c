#include "share.h"

#include <string.h>

#include "errors.h"
#include "model_config.h"

/* What the client gets: rows of the output, then the head of each row where it is cut. */
struct share {
  const unsigned char *base;
  size_t bytes;
  int64_t shape[WAIP_RANK];
  bool cut;
  struct waip_cut from; /* when cut: the rows as they are */
  uint64_t kept;        /* when cut: length that is kept */
};

static TRITONSERVER_Error *unexpected(const struct waip_split *split, const struct waip_source *source,
                                      const char *what) {
  return waip_error(TRITONSERVER_ERROR_INTERNAL, "waip: output '%.128s' of '%.128s' %s", source->name,
                    split->origin, what);
}

/* Bytes of the first rows of the output; -1 when it does not hold them. */
static int64_t rows_bytes(const struct waip_source *source, int64_t rows, int64_t row_elements) {
  int64_t elements;
  if (__builtin_mul_overflow(rows, row_elements, &elements)) {
    return -1;
  }
  if (source->datatype == TRITONSERVER_TYPE_BYTES) {
    return waip_texts_bytes(source->base, source->bytes, elements);
  }
  int64_t bytes;
  if (__builtin_mul_overflow(elements, (int64_t)waip_datatype_bytes(source->datatype), &bytes)) {
    return -1;
  }
  return (uint64_t)bytes <= source->bytes ? bytes : -1;
}

static TRITONSERVER_Error *cut_back(const struct waip_split *split, const struct waip_source *source,
                                    const struct waip_portion *portion, struct share *share) {
  uint32_t element_bytes = waip_datatype_bytes(source->datatype);
  if (element_bytes == 0 || split->axis == 0 || portion->length > split->padded_length ||
      !waip_cut_at(share->shape, source->rank, split->axis, element_bytes, &share->from)) {
    return unexpected(split, source, "cannot be cut back to a row's length");
  }
  share->cut = true;
  share->kept = portion->length;
  share->shape[split->axis] = portion->length;
  share->bytes = share->from.outer * share->kept * share->from.inner_bytes;
  return NULL;
}

static bool is_padded(const struct waip_split *split, const struct waip_source *source) {
  return split->padded_length > 0 && split->axis < source->rank &&
         source->shape[split->axis] == split->padded_length &&
         split->is_trimmed(split->context, source->name);
}

static TRITONSERVER_Error *take_rows(const struct waip_split *split, const struct waip_source *source,
                                     const struct waip_portion *portion, struct share *share) {
  if (source->rank == 0 || source->shape[0] != split->rows) {
    return unexpected(split, source, "has another number of rows than its inputs");
  }
  int64_t row_elements = waip_elements(source->shape + 1, source->rank - 1);
  int64_t start = row_elements < 0 ? -1 : rows_bytes(source, portion->first, row_elements);
  int64_t end =
    row_elements < 0 ? -1 : rows_bytes(source, (int64_t)portion->first + portion->rows, row_elements);
  if (start < 0 || end < 0) {
    return unexpected(split, source, "has fewer bytes than its shape tells");
  }
  share->shape[0] = portion->rows;
  share->base = source->base + start;
  share->bytes = (size_t)(end - start);
  return is_padded(split, source) ? cut_back(split, source, portion, share) : NULL;
}

static void copy_share(const struct share *share, unsigned char *out) {
  if (!share->cut) {
    memcpy(out, share->base, share->bytes);
    return;
  }
  size_t kept = share->kept * share->from.inner_bytes;
  size_t pitch = share->from.length * share->from.inner_bytes;
  for (uint64_t i = 0; i < share->from.outer; i++) {
    memcpy(out + i * kept, share->base + i * pitch, kept);
  }
}

static TRITONSERVER_Error *write_share(const struct waip_split *split, const struct waip_source *source,
                                       const struct share *share, TRITONBACKEND_Response *to) {
  TRITONBACKEND_Output *output = NULL;
  void *buffer = NULL;
  TRITONSERVER_MemoryType type = TRITONSERVER_MEMORY_CPU;
  int64_t type_id = 0;
  TRITONSERVER_Error *error = TRITONBACKEND_ResponseOutput(to, &output, source->name, source->datatype,
                                                           share->shape, (uint32_t)source->rank);
  if (error == NULL) {
    error = TRITONBACKEND_OutputBuffer(output, &buffer, share->bytes, &type, &type_id);
  }
  if (error != NULL || share->bytes == 0) {
    return error;
  }
  if (type == TRITONSERVER_MEMORY_GPU) {
    return unexpected(split, source, "was asked for in GPU memory, which cannot be written to from here");
  }
  copy_share(share, buffer);
  return NULL;
}

TRITONSERVER_Error *waip_share_put(const struct waip_split *split, const struct waip_source *source,
                                   const struct waip_portion *portion, TRITONBACKEND_Response *to) {
  struct share share = {.base = source->base, .bytes = source->bytes, .cut = false};
  if (source->rank > WAIP_RANK) {
    return unexpected(split, source, "has too many dimensions");
  }
  memcpy(share.shape, source->shape, source->rank * sizeof *source->shape);
  TRITONSERVER_Error *error = split->rows == 0 ? NULL : take_rows(split, source, portion, &share);
  return error != NULL ? error : write_share(split, source, &share, to);
}
