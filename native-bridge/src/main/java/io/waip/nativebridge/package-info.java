/**
 * Assembly of request rows into batch tensors, in C through the foreign-function API and in plain
 * Java.
 *
 * <p>In: rows of equal element type and unequal length, off the Java heap ({@link
 * io.waip.nativebridge.RowSlab}, {@link io.waip.nativebridge.NativeBuffer}), listed in a {@link
 * io.waip.nativebridge.RaggedRows}. Out: dense tensors in buffers the caller owns, and rows trimmed
 * back out of them. {@link io.waip.nativebridge.BatchAssemblers#best()} picks the implementation
 * once.
 *
 * <p>{@code java.lang.foreign} is used here and in {@link io.waip.nativebridge.rings} only; no
 * public type shows it. It starts no thread, keeps no tensor, knows no vendor runtime and decides
 * nothing about batches.
 *
 * <p>Threads: assemblers and slabs may be used by any number of threads; a {@code RaggedRows}
 * belongs to one thread at a time.
 */
@NullMarked
package io.waip.nativebridge;

import org.jspecify.annotations.NullMarked;
