/**
 * Curves of execution time over batch and length that tell their error.
 *
 * <p>{@linkplain io.waip.cost.shape.SubjectShapes Shapes} of a subject enter, a {@linkplain
 * io.waip.cost.fit.FittedSubject} leaves: a curve over all of them and one for each fold of a
 * cross-fit. A curve is a weighted geometric mean of components; a component is a sum of
 * non-negative terms, the law, times what the points say of their neighbourhood, the residual
 * field. Deterministic: the same shapes give the same curve. Nothing here does I/O or starts a
 * thread.
 */
@NullMarked
package io.waip.cost.fit;

import org.jspecify.annotations.NullMarked;
