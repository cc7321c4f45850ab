/**
 * The search for a placement: which variants run on which devices, how many instances, and which
 * share of the demand each serves. A {@link io.waip.api.plan.PlanningProblem} enters, checked plans
 * or a contradiction leave; the request path never waits for it. The same problem gives the same
 * plan: there is no clock, no thread and no chance here, only bounds on steps. A solver has no
 * state; any thread may call it.
 */
@NullMarked
package io.waip.scheduler.plan.solve;

import org.jspecify.annotations.NullMarked;
