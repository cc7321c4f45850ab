package io.waip.cli.config;

import io.waip.api.agreement.AgreementRule;
import io.waip.cli.config.AgreementSettings.Measure;
import io.waip.onnxruntime.agreement.CosineAgreement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads how agreement is measured. */
final class AgreementReader {
  private AgreementReader() {}

  static AgreementSettings read(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    Measure measure = node.required(entries, "measure").choice(Measure.class);
    ConfigNode sample = entries.get("sample");
    ConfigNode risk = entries.get("risk");
    return new AgreementSettings(
        measure,
        Scalars.name(node.required(entries, "output")),
        threshold(node, measure, entries.get("threshold")),
        sample == null ? AgreementRule.DEFAULT_SAMPLE : Scalars.share(sample, Double.MIN_VALUE, 1),
        risk == null
            ? AgreementRule.DEFAULT_RISK
            : Scalars.number(risk, Double.MIN_VALUE, Math.nextDown(1.0)));
  }

  private static double threshold(
      ConfigNode agreement, Measure measure, @Nullable ConfigNode threshold) {
    return switch (measure) {
      case COSINE ->
          threshold == null ? CosineAgreement.DEFAULT_LEAST : Scalars.number(threshold, 0, 1);
      case ARGMAX -> {
        if (threshold != null) {
          throw threshold.invalid("belongs to no measure: argmax has none");
        }
        yield 0;
      }
      case ABSOLUTE -> {
        if (threshold == null) {
          throw agreement.error(
              "agreement by absolute difference has no threshold",
              ConfigKey.AGREEMENT_THRESHOLD.allowed(),
              "add the largest difference that counts as none");
        }
        yield Scalars.number(threshold, 0, Double.MAX_VALUE);
      }
    };
  }
}
