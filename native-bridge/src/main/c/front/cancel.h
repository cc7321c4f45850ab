/*
 * Cancellation. Triton tells nobody that a client went away: it is asked, on each tick of the channel's
 * dispatcher.
 */
#ifndef WAIP_FRONT_CANCEL_H
#define WAIP_FRONT_CANCEL_H

#include "model.h"

/* Answers held parents whose client went away, and tells the planner. On the dispatcher thread. */
void waip_cancel_held(struct waip_model *model, uint64_t now_nanos);

/* Passes cancellation on to children none of whose clients waits any more. */
void waip_cancel_sent(struct waip_model *model);

#endif
