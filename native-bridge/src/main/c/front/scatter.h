/* A child's response, handed on to its parents. */
#ifndef WAIP_FRONT_SCATTER_H
#define WAIP_FRONT_SCATTER_H

#include "model.h"

/*
 * Gives each parent its rows, cut back to its own length where the service says so, with the response's
 * parameters, and sends it, as the last response when `final`. A parent whose share cannot be made gets
 * an error instead. Returns the number of parents that got one.
 */
uint32_t waip_scatter_response(struct waip_child *child, TRITONSERVER_InferenceResponse *response,
                               bool final);

#endif
