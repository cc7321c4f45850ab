package io.waip.cli.demo.load;

import io.waip.onnxruntime.LoadedModels;
import io.waip.onnxruntime.SchedulerFactory;

/**
 * One side of a comparison.
 *
 * @param name key of the arm in the figures
 * @param title how people read it
 * @param models variants it may use, loaded; not closed by a run
 * @param scheduler policy that drives them
 */
public record Arm(String name, String title, LoadedModels models, SchedulerFactory scheduler) {}
