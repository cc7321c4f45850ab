/**
 * Shadow agreement: a drawn share of the answers of cheaper variants is compared with the
 * reference's, while nothing else runs.
 *
 * <p>In come executions that were served, with their tensors; out come bounds of each variant's
 * quality and word of those that fell. Changes no answer and no decision. One thread of its own
 * runs the comparisons.
 */
@NullMarked
package io.waip.onnxruntime.agreement;

import org.jspecify.annotations.NullMarked;
