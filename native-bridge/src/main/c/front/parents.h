/*
 * Life of a parent, from Execute to its release. Requests are handed back to Triton as the last thing a
 * function does: once its last request is back, a model being unloaded may go at any moment.
 */
#ifndef WAIP_FRONT_PARENTS_H
#define WAIP_FRONT_PARENTS_H

#include "model.h"

/* Takes the request over, with one hold until it is answered. NULL when there is no memory. */
struct waip_parent *waip_parent_open(struct waip_instance *instance, TRITONBACKEND_Request *request,
                                     uint64_t now_nanos);

/* The response being built, or a new one; it is the caller's to send. */
TRITONSERVER_Error *waip_parent_response(struct waip_parent *parent, TRITONBACKEND_Response **response);

/* Sends a response, the last one when `final`. `error` stays the caller's. Does not release the request. */
void waip_parent_send(struct waip_parent *parent, TRITONBACKEND_Response *response, bool final,
                      TRITONSERVER_Error *error);

/* Sends an error as the last response. `error` stays the caller's. */
void waip_parent_fail(struct waip_parent *parent, TRITONSERVER_Error *error);

/* Tells the client that no response follows, for a decoupled model. */
void waip_parent_end(struct waip_parent *parent);

/* Drops the hold of the answer; the last hold gives the request back to Triton. Once, after the answer. */
void waip_parent_settle(struct waip_parent *parent);

/*
 * Takes a parent without holds apart: statistics, then its memory goes back to the pool. Returns the
 * request, which the caller gives back to Triton when it is done with the model.
 */
TRITONBACKEND_Request *waip_parent_close(struct waip_parent *parent);

/* The list of held parents, in order of arrival. */
void waip_held_append_locked(struct waip_model *model, struct waip_parent *parent);
void waip_held_remove_locked(struct waip_model *model, struct waip_parent *parent);

/* For a request that could not even become a parent. */
void waip_request_refuse(TRITONBACKEND_Request *request, TRITONSERVER_Error *error);

#endif
