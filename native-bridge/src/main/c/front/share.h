/* A parent's part of an output that several parents share: its rows, cut back to its own length. */
#ifndef WAIP_FRONT_SHARE_H
#define WAIP_FRONT_SHARE_H

#include "tensors.h"

/* An output, in memory that the processor reads. */
struct waip_source {
  const char *name;
  TRITONSERVER_DataType datatype;
  const int64_t *shape;
  uint64_t rank; /* at most WAIP_RANK, or it is refused */
  const unsigned char *base;
  size_t bytes;
};

/* How the outputs of one execution are parted. */
struct waip_split {
  const char *origin; /* the model, for messages */
  uint32_t rows;      /* of all parents; 0 when there is one, who gets everything as it is */
  uint32_t padded_length; /* 0 when nothing was padded */
  uint32_t axis;      /* of the length */
  /* Whether the output is cut back to the length of each row. */
  bool (*is_trimmed)(const void *context, const char *output);
  const void *context;
};

/* A parent's rows of it. */
struct waip_portion {
  uint32_t first;
  uint32_t rows;
  uint32_t length;
};

/* Creates the output in the parent's response and copies its portion there. */
TRITONSERVER_Error *waip_share_put(const struct waip_split *split, const struct waip_source *source,
                                   const struct waip_portion *portion, TRITONBACKEND_Response *to);

#endif
