/* Shares of an output that are wrong in one way each: FAULT is overread or neighbour. */
#include <string.h>

#include "share.h"

enum fault { overread, neighbour };

static void *copy(void *to, const void *from, size_t bytes) {
  return memcpy(to, from, FAULT == overread ? bytes + 1 : bytes);
}

#define memcpy copy
#define waip_share_put sound_put
#include "share.c"
#undef memcpy
#undef waip_share_put

TRITONSERVER_Error *waip_share_put(const struct waip_split *split, const struct waip_source *source,
                                   const struct waip_portion *portion, TRITONBACKEND_Response *to) {
  struct waip_portion of = *portion;
  if (FAULT == neighbour) {
    of.first = 0; /* the first parent's rows, whoever asks */
  }
  return sound_put(split, source, &of, to);
}
