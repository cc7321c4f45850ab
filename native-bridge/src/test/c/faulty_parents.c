/* Parents that are wrong in one way each: FAULT is stale, overflow, leak or race. */
#include <stdlib.h>

#include "parents.h"

TRITONBACKEND_Request *sound_close(struct waip_parent *parent);

#define waip_parent_open sound_open
#define waip_parent_close sound_close
#include "parents.c"
#undef waip_parent_open
#undef waip_parent_close

enum fault { stale, overflow, leak, race };

static volatile int64_t opened = INT64_MAX;
static void *volatile kept;
static uint64_t seen;

struct waip_parent *waip_parent_open(struct waip_instance *instance, TRITONBACKEND_Request *request,
                                     uint64_t now_nanos) {
  if (FAULT == overflow) {
    opened = opened + 1;
  } else if (FAULT == leak) {
    kept = malloc(sizeof *instance);
    kept = NULL;
  } else if (FAULT == race) {
    seen++;
  }
  return sound_open(instance, request, now_nanos);
}

TRITONBACKEND_Request *waip_parent_close(struct waip_parent *parent) {
  TRITONBACKEND_Request *request = sound_close(parent);
  if (FAULT == race) {
    seen++;
  }
  /* The parent is in its pool by now. */
  return FAULT == stale ? parent->request : request;
}
