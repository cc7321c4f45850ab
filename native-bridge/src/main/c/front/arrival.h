/* A request's way in: to the planner where there is one, else straight to the default variant. */
#ifndef WAIP_FRONT_ARRIVAL_H
#define WAIP_FRONT_ARRIVAL_H

#include "model.h"

/* Takes the request over. Any thread of Triton. */
void waip_arrive(struct waip_instance *instance, TRITONBACKEND_Request *request);

#endif
