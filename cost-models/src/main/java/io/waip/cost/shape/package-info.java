/**
 * What was measured of each subject, shape by shape: {@linkplain
 * io.waip.api.measurement.Measurement measurements} enter in any order, {@linkplain
 * io.waip.cost.shape.SubjectShapes shapes} leave with repeats pooled and contradictions refused or
 * set aside. Immutable values; any thread.
 */
@NullMarked
package io.waip.cost.shape;

import org.jspecify.annotations.NullMarked;
