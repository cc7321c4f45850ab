/* Building of a child's request out of its parents', without copying tensors. */
#ifndef WAIP_FRONT_CHILD_REQUEST_H
#define WAIP_FRONT_CHILD_REQUEST_H

#include "model.h"
#include "tensors.h"

/*
 * Makes child->request with its inputs, requested outputs, parameters, id, priority and time-out. The
 * inputs are the parents' own buffers, which have to stay until the request is released. On error there
 * is no request.
 */
TRITONSERVER_Error *waip_child_request_build(struct waip_child *child,
                                             TRITONSERVER_InferenceRequestReleaseFn_t released,
                                             TRITONSERVER_InferenceResponseCompleteFn_t completed);

/* Pins the default variant for the parent. False when the server does not have it. */
bool waip_parent_pin(struct waip_parent *parent);

/* Rows of a request along the batch axis; 1 where the model does not batch. */
uint32_t waip_request_rows(const struct waip_model *model, TRITONBACKEND_Request *request);

#endif
