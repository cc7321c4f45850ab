/* What is known of the models that children are sent to. Asked of the server lazily, and again on ticks. */
#ifndef WAIP_FRONT_TARGETS_H
#define WAIP_FRONT_TARGETS_H

#include "model.h"

/* The target of that name, added when it is new; NULL when there are too many. */
struct waip_target *waip_target_locked(struct waip_model *model, const char *name);

/* Asks the server about the target unless that was done before: to be called ahead of its first use. */
void waip_target_learn(struct waip_model *model, struct waip_target *target);

/*
 * Asks the server about every target, once a second and when there is a new table, and tells the planner.
 * Not under the lock.
 */
void waip_targets_refresh(struct waip_model *model, uint64_t now_nanos);

/* Children that may be in flight to the target at a time. */
uint32_t waip_target_limit(const struct waip_target *target);

/* Reads a target's configuration: instances, batch size, decoupled, sequences. */
void waip_target_read(struct waip_target *target, const struct waip_json *config);

#endif
