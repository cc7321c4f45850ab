/*
 * What the planner decides, carried out: dispatches become children, refusals become answers, and the
 * loss of a planner sends everything it held to the default variant. waip_decided and waip_lost are the
 * seat's callbacks; both run on the channel's dispatcher thread, which alone takes parents out of HELD.
 */
#ifndef WAIP_FRONT_DISPATCH_H
#define WAIP_FRONT_DISPATCH_H

#include "model.h"

/* The seat's callbacks; `owner` is the model. */
void waip_decided(void *owner, uint64_t epoch, const struct waip_decision *members, uint32_t count);
void waip_lost(void *owner, uint64_t epoch);

/* Takes a parent that goes into a child off the held list; its slot now belongs to the dispatch. */
void waip_parent_sent_locked(struct waip_parent *parent, struct waip_dispatch *dispatch);

/* Books the end of a child; the last one of a dispatch is reported to the planner. */
void waip_dispatch_child_ended_locked(struct waip_child *child, uint64_t now_nanos);

/* Launches children that wait for the target as far as it has places; they are the caller's to start. */
struct waip_child *waip_waiting_take_locked(struct waip_model *model, struct waip_target *target,
                                            uint64_t now_nanos);

#endif
