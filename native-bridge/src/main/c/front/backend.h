/* What the models of this backend share: the backend's keys and the seat. */
#ifndef WAIP_FRONT_BACKEND_H
#define WAIP_FRONT_BACKEND_H

#include "model_config.h"
#include "waip/triton_api.h"

struct waip_backend;

/* The keys given with --backend-config; constant. */
const struct waip_knobs *waip_backend_knobs(const struct waip_backend *backend);

/*
 * The seat, opened with the first model's keys; there is one planner for the server. NULL when it cannot
 * be opened: models then forward. Any thread.
 */
struct waip_seat *waip_backend_seat(struct waip_backend *backend, const struct waip_knobs *knobs);

#endif
