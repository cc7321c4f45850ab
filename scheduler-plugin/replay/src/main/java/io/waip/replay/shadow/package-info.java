/**
 * A second cost model beside the first: executions of a run enter, the errors of both leave.
 * Nothing here reaches a scheduler, so no decision depends on it. Single thread.
 */
@NullMarked
package io.waip.replay.shadow;

import org.jspecify.annotations.NullMarked;
