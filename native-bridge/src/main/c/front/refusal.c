#include "refusal.h"

#include <inttypes.h>

#include "errors.h"

/* io.waip.api.Reason in snake case, by ordinal, and the error that stands for each. */
static const struct {
  const char *word;
  TRITONSERVER_Error_Code code;
} REASONS[] = {{"unavailable", TRITONSERVER_ERROR_UNAVAILABLE},
               {"rate_limit", TRITONSERVER_ERROR_UNAVAILABLE},
               {"predicted_late", TRITONSERVER_ERROR_UNAVAILABLE},
               {"queue_full", TRITONSERVER_ERROR_UNAVAILABLE},
               {"governance", TRITONSERVER_ERROR_UNSUPPORTED},
               {"quality_floor", TRITONSERVER_ERROR_UNAVAILABLE},
               {"no_endpoint", TRITONSERVER_ERROR_UNAVAILABLE},
               {"too_long", TRITONSERVER_ERROR_INVALID_ARG},
               {"expired", TRITONSERVER_ERROR_UNAVAILABLE},
               {"execution_error", TRITONSERVER_ERROR_INTERNAL},
               {"client", TRITONSERVER_ERROR_CANCELLED},
               {"shutdown", TRITONSERVER_ERROR_UNAVAILABLE},
               {"invalid", TRITONSERVER_ERROR_INVALID_ARG}};

enum { REASON_COUNT = sizeof REASONS / sizeof REASONS[0] };

TRITONSERVER_Error *waip_refusal(const struct waip_decision *decision) {
  uint32_t reason = decision->reason < REASON_COUNT ? decision->reason : 0;
  uint64_t millis = decision->retry_after_nanos / 1000000 + (decision->retry_after_nanos % 1000000 != 0);
  return waip_error(REASONS[reason].code, "waip: %s; retry_after_ms=%" PRIu64, REASONS[reason].word, millis);
}
