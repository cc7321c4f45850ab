/**
 * Chooses where and as what a batch may run: endpoint states, breakers, quality floors, variants.
 * Enters: endpoint and execution events. Leaves: masks of usable endpoints and variants. Single
 * writer: the engine's thread.
 */
@NullMarked
package io.waip.scheduler.route;

import org.jspecify.annotations.NullMarked;
