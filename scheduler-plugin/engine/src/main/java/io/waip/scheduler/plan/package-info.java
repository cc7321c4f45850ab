/**
 * The plan as the data plane reads it. A plan enters, a table of predictions leaves; the request
 * path never waits for it. Single writer: the engine's thread.
 */
@NullMarked
package io.waip.scheduler.plan;

import org.jspecify.annotations.NullMarked;
