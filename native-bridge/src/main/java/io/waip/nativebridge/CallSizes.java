package io.waip.nativebridge;

import java.io.Serializable;

/**
 * Sizes of the assembly call that failed.
 *
 * @param rows number of rows, {@code >= 0}
 * @param longestRow longest row, positions
 * @param paddedLength padded length asked for, positions; negative where that is the fault
 * @param width elements per position, {@code >= 1}
 * @param elementBytes bytes per element of the dense tensor
 * @param denseBytes bytes the dense tensor's buffer has
 */
public record CallSizes(
    int rows, int longestRow, long paddedLength, int width, int elementBytes, long denseBytes)
    implements Serializable {}
