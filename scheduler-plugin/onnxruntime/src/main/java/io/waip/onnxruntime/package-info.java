/**
 * The ONNX Runtime driver. Requests with their input rows enter through {@link
 * io.waip.onnxruntime.PlannedSession#submit}; each leaves as one answer. The engine sees
 * descriptors only.
 *
 * <p>Threads: one engine thread writes the scheduler; each worker thread holds one execution at a
 * time; one reply thread completes the futures. They meet in bounded rings and park when idle.
 */
@NullMarked
package io.waip.onnxruntime;

import org.jspecify.annotations.NullMarked;
