package io.waip.cli.triton;

import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Subject;
import io.waip.cli.config.CostModelSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.fit.OpenModel;
import io.waip.cli.input.UserError;
import io.waip.cli.plugin.PluginOptions;
import io.waip.triton.KnownCost;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** The cost models that a configuration names; each file is opened once. Single thread. */
public final class CostModels {
  private static final String REMEDY =
      "set cost_subject to one of these, as NAME or NAME@DEVICE, or fit one to its measurements";

  private final PluginOptions plugins;
  private final Map<Path, OpenModel> open = new HashMap<>();

  /** Finds fitters among ours and those of plug-ins; these are loaded when one is asked for. */
  public CostModels(PluginOptions plugins) {
    this.plugins = plugins;
  }

  /**
   * Returns what a model says of a variant.
   *
   * @param hasLengths whether the service says how a request's length is read
   * @throws UserError if the file cannot be used or does not have one such subject; names the place
   *     in the configuration
   */
  public KnownCost of(CostModelSettings settings, boolean hasLengths) {
    Found found = find(settings, hasLengths);
    return found.soleLength == 0
        ? KnownCost.of(found.predictor, found.subject)
        : KnownCost.of(found.predictor, found.subject, found.soleLength);
  }

  /**
   * Returns what a model says of a variant on a device, where it was measured on one of that name.
   *
   * @param device as the file names it
   * @return empty where it was not, or the configuration names a device itself
   * @throws UserError as {@link #of}
   */
  public Optional<KnownCost> measuredOn(
      CostModelSettings settings, String device, boolean hasLengths) {
    boolean isMeasured =
        settings.device().isEmpty()
            && opened(settings).points().keySet().stream()
                .anyMatch(subject ->
                    subject.variant().equals(settings.subject())
                        && subject.device().equals(device));
    return isMeasured ? Optional.of(of(settings.on(device), hasLengths)) : Optional.empty();
  }

  private OpenModel opened(CostModelSettings settings) {
    try {
      return open.computeIfAbsent(settings.file(), path -> OpenModel.of(plugins.fitters(), path));
    } catch (UserError e) {
      throw settings.place().problem(e);
    }
  }

  /**
   * Returns what a model says of a variant that is planned with another one.
   *
   * @param index of the variant, counted over all services
   * @throws UserError as {@link #of}
   */
  ShadowModel shadow(VariantSettings variant, int index, boolean hasLengths) {
    CostModelSettings settings = variant.shadowModel().orElseThrow();
    Found found = find(settings, hasLengths);
    return new ShadowModel(
        variant.model(), index, settings.file(), found.predictor, found.subject, found.soleLength);
  }

  /**
   * A subject and who predicts it; the length it was measured at is 0 where the service has some.
   */
  private record Found(LatencyPredictor predictor, Subject subject, int soleLength) {}

  private Found find(CostModelSettings settings, boolean hasLengths) {
    OpenModel model = opened(settings);
    try {
      Subject subject = model.onlySubjectOf(settings.subject(), settings.device(), REMEDY);
      int soleLength = hasLengths ? 0 : soleLength(settings, model, subject);
      return new Found(model.predictor(), subject, soleLength);
    } catch (UserError e) {
      throw settings.place().problem(e);
    }
  }

  private static int soleLength(CostModelSettings settings, OpenModel model, Subject subject) {
    SortedSet<Integer> lengths = model.lengthsOf(subject);
    if (lengths.size() != 1) {
      throw new UserError(
          "'%s' was measured at lengths from %d to %d, but the service has no lengths"
              .formatted(subject.label(), lengths.first(), lengths.last()),
          settings.file().toString(),
          "a subject measured at one length",
          "say how a request's length is read (lengths), or fit to measurements of one length");
    }
    return lengths.first();
  }
}
