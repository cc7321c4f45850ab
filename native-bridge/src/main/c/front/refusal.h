/* The planner's refusals, in the words clients read: `waip: <reason>; retry_after_ms=N`. */
#ifndef WAIP_FRONT_REFUSAL_H
#define WAIP_FRONT_REFUSAL_H

#include "seat.h"
#include "waip/triton_api.h"

/* The caller's to delete. */
TRITONSERVER_Error *waip_refusal(const struct waip_decision *decision);

#endif
