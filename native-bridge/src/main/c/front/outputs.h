/*
 * Where targets write their outputs. A child with one parent whose outputs all have a declared, fixed
 * shape writes straight into the client's buffer; everything else into a buffer of ours, from which
 * scatter.c copies. Triton does not tell the allocator the shape, so a shape that is not declared cannot
 * be written straight.
 */
#ifndef WAIP_FRONT_OUTPUTS_H
#define WAIP_FRONT_OUTPUTS_H

#include "model.h"

/* The allocator of a model's children; its user pointer is the child. */
TRITONSERVER_Error *waip_outputs_open(struct waip_model *model);

/* Whether the output of a child's response, by its user pointer, is in the client's buffer. */
bool waip_output_is_direct(const void *buffer_userp);

/* Whether the shape is the one under which a direct output was created. */
bool waip_output_as_declared(const struct waip_child *child, const char *name, const int64_t *shape,
                             uint64_t rank);

#endif
