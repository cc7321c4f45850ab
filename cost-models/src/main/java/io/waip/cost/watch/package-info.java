/** Calibration and drift detectors behind one contract, for drivers. */
@NullMarked
package io.waip.cost.watch;

import org.jspecify.annotations.NullMarked;
