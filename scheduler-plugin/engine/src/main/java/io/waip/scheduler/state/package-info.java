/**
 * State the rooms share: the request table and the window of requests a batch is formed from. No
 * policy lives here. Single writer: the engine's thread.
 */
@NullMarked
package io.waip.scheduler.state;

import org.jspecify.annotations.NullMarked;
