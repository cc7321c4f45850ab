/**
 * The plan as the data plane reads it, and how its bucket edges are found. A plan enters, a table
 * of predictions leaves; the request path never waits for it. Single writer: the engine's thread.
 */
@NullMarked
package io.waip.scheduler.plan;

import org.jspecify.annotations.NullMarked;
