/*
 * `mode: direct`: runs the batch Triton formed, as it is, in the planner's process. The instance's thread
 * blocks until it is done: an instance that returned early would look idle, and Triton would form its
 * batches differently.
 */
#ifndef WAIP_FRONT_DIRECT_H
#define WAIP_FRONT_DIRECT_H

#include "model.h"

/* Takes the requests over and answers them all before it returns. */
void waip_direct_execute(struct waip_instance *instance, TRITONBACKEND_Request **requests, uint32_t count);

#endif
