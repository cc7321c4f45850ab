package io.waip.onnxruntime.agreement;

/**
 * What became of the answers that were drawn.
 *
 * @param compared with an answer of the other variant
 * @param pending wait for an idle moment
 * @param dropped as too many waited, or as they were stopped too often
 * @param stopped runs that gave way to a request
 * @param failed neither compared nor dropped: the other variant failed, or the tensors were not as
 *     declared
 * @param lastFailure in one line, empty if there was none
 */
public record ComparisonCounts(
    long compared, int pending, long dropped, long stopped, long failed, String lastFailure) {}
