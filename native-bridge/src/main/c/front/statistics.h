/* Triton's own statistics of a model of this backend: each request, and each child as one execution. */
#ifndef WAIP_FRONT_STATISTICS_H
#define WAIP_FRONT_STATISTICS_H

#include "model.h"

/* Reports a parent, whose request is still ours. The time it was held counts as compute input. */
void waip_statistics_request(const struct waip_parent *parent);

/* Reports one execution of so many rows, as seen by the instance of one of its parents. */
void waip_statistics_execution(const struct waip_parent *parent, uint32_t rows);

#endif
