/**
 * The HTML report of a replay: its options, the sweep of loads, and what the page shows. A finished
 * {@link io.waip.replay.ReplayReport} enters, a file leaves; figures are those of the JSON.
 */
@NullMarked
package io.waip.cli.replay.page;

import org.jspecify.annotations.NullMarked;
