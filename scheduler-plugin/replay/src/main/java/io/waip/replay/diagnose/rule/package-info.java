/**
 * One class for each cause: the figures it reads, its thresholds with their reasons, its remedy.
 */
@NullMarked
package io.waip.replay.diagnose.rule;

import org.jspecify.annotations.NullMarked;
