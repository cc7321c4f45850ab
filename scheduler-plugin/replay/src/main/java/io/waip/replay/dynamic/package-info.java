/**
 * The baseline of every race: a dynamic batcher with the rules of NVIDIA Triton Inference Server's
 * {@code dynamic_batching}, as a {@link io.waip.api.schedule.Scheduler}. Requests enter through
 * that contract, batches and outcomes leave through {@link io.waip.api.schedule.Decisions}. Single
 * writer.
 */
@NullMarked
package io.waip.replay.dynamic;

import org.jspecify.annotations.NullMarked;
