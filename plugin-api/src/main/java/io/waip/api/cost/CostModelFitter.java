package io.waip.api.cost;

import io.waip.api.measurement.Measurement;
import io.waip.api.v1.CostModel;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Fits cost models that tell their error; found by {@link java.util.ServiceLoader}, in a jar on the
 * plug-in path too ({@code docs/plugins.md}). Stateless; any thread. Held by {@code
 * CostModelFitterContract} in this module's test jar.
 */
public interface CostModelFitter {
  /**
   * Returns the name users choose it by, and that its files carry: lower-case letters, digits,
   * {@code -}, {@code _} and {@code .}, beginning with a letter or a digit.
   */
  String name();

  /**
   * Fits every subject to all its measurements; the same measurements give the same model.
   *
   * <p>The model carries the fitter's name and has one message for each subject, with each shape
   * measured once, as a point with the median of its repeats and their sources, or set aside.
   *
   * @param measurements at least one
   * @throws io.waip.api.measurement.MeasurementFormatException if measurements contradict each
   *     other, or a subject has too few shapes
   * @throws IllegalArgumentException if there is no measurement
   */
  CostModel fit(List<Measurement> measurements);

  /**
   * Returns the predictions of a model that this fitter made, in this process or an earlier one.
   *
   * @throws IllegalArgumentException if another fitter or another version of the format made it, or
   *     a part is missing or out of range; the message says which
   */
  LatencyPredictor open(CostModel model);

  /**
   * Measures how well a fit to few points predicts the other points of the same subject, over
   * random splits. Unless overridden each split is a {@link #fit} of shapes drawn at random, read
   * back by {@link #open}; what was set aside is then told by the model alone.
   *
   * @param measurements at least one
   * @param onSplit told the number of splits done after each
   * @throws io.waip.api.measurement.MeasurementFormatException as {@link #fit} does
   * @throws IllegalArgumentException if there is no measurement
   */
  default FitJudgement judge(List<Measurement> measurements, FitTrial trial, IntConsumer onSplit) {
    return new SplitJudge(this, measurements, trial).judge(onSplit);
  }
}
