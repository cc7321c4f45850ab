#include "refusal.h"

#include <inttypes.h>

#include "errors.h"

/* io.waip.api.Reason in snake case, by ordinal, the error that stands for each, and what the client can do. */
static const struct {
  const char *word;
  TRITONSERVER_Error_Code code;
  const char *remedy; /* NULL: the word says it */
} REASONS[] = {{"unavailable", TRITONSERVER_ERROR_UNAVAILABLE, NULL},
               {"rate_limit", TRITONSERVER_ERROR_UNAVAILABLE, NULL},
               {"predicted_late", TRITONSERVER_ERROR_UNAVAILABLE, NULL},
               {"queue_full", TRITONSERVER_ERROR_UNAVAILABLE, NULL},
               {"governance", TRITONSERVER_ERROR_UNSUPPORTED, NULL},
               {"quality_floor", TRITONSERVER_ERROR_UNAVAILABLE, NULL},
               {"no_endpoint", TRITONSERVER_ERROR_UNAVAILABLE, NULL},
               {"too_long", TRITONSERVER_ERROR_INVALID_ARG,
                "the input is longer than any variant takes: send a shorter one"},
               {"expired", TRITONSERVER_ERROR_UNAVAILABLE, NULL},
               {"execution_error", TRITONSERVER_ERROR_INTERNAL, NULL},
               {"client", TRITONSERVER_ERROR_CANCELLED, NULL},
               {"shutdown", TRITONSERVER_ERROR_UNAVAILABLE, NULL},
               {"invalid", TRITONSERVER_ERROR_INVALID_ARG,
                "parameter 'tenant' names no tenant of the planner's configuration: name one that is there, or none"}};

enum { REASON_COUNT = sizeof REASONS / sizeof REASONS[0] };

TRITONSERVER_Error *waip_refusal(const struct waip_decision *decision) {
  uint32_t reason = decision->reason < REASON_COUNT ? decision->reason : 0;
  uint64_t millis = decision->retry_after_nanos / 1000000 + (decision->retry_after_nanos % 1000000 != 0);
  const char *remedy = REASONS[reason].remedy;
  return waip_error(REASONS[reason].code, "waip: %s; retry_after_ms=%" PRIu64 "%s%s", REASONS[reason].word, millis,
                    remedy == NULL ? "" : "; ", remedy == NULL ? "" : remedy);
}
