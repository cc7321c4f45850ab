/**
 * Admitted requests wait here, by service, tier and tenant. Requests enter from admission; windows
 * of the most urgent ones leave for batch forming. Does not choose what runs. Single writer: the
 * engine's thread.
 */
@NullMarked
package io.waip.scheduler.queue;

import org.jspecify.annotations.NullMarked;
