/*
 * Life of a child: opened under the lock, started without it, ended by Triton's callbacks on threads of
 * Triton. The last callback gives parents back.
 */
#ifndef WAIP_FRONT_CHILDREN_H
#define WAIP_FRONT_CHILDREN_H

#include "model.h"

/* A child with no parent yet; NULL when there is no memory. */
struct waip_child *waip_child_open_locked(struct waip_model *model, struct waip_target *target);

/* Adds a parent, which the child holds from now on. */
void waip_child_add_locked(struct waip_child *child, struct waip_parent *parent);

/* Gives back a child that was never started, and its holds. */
void waip_child_discard_locked(struct waip_child *child);

/* Counts a child as in flight; it is then to be started. Its slots' states become SENT. */
void waip_child_launch_locked(struct waip_child *child, uint64_t now_nanos);

/*
 * Hands children, linked by `next`, to the server. What cannot be handed over is answered with the
 * server's error. After the call children, parents and, off Triton's own threads for it, the model may be
 * gone.
 */
void waip_children_start(struct waip_child *list);

/* Drops a hold of a call in progress; the last one takes the child apart. */
void waip_child_drop(struct waip_child *child);

/* Sends a parent to the default variant, alone and uncapped. */
void waip_parent_forward(struct waip_parent *parent);

#endif
