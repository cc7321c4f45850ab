/**
 * The memory that a Triton front and its planner share, from the planner's side: {@code
 * include/waip/rings.h} is its layout.
 *
 * <p>In: a mapping named by a path, such as {@code /proc/self/fd/3}. Out: what arrived and ended,
 * as plain fields of a reader; decisions and service tables written back; tensors of direct mode as
 * buffers. Nothing that is read from shared memory is used before it was copied and checked, and no
 * field of it is ever used as an address.
 *
 * <p>None of the public types shows {@code java.lang.foreign}. The package decides nothing about
 * requests, starts no thread and starts no process.
 *
 * <p>Threads: readers, the writer and the channel views belong to the planner's one thread; arena
 * slots to the thread that runs them.
 */
@NullMarked
package io.waip.nativebridge.rings;

import org.jspecify.annotations.NullMarked;
