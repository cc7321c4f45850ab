package io.waip.api.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measured quality of variants, each by one or more measures. Immutable. */
public final class QualityTable {
  /** One-sided 95 % quantile of the normal distribution. */
  private static final double Z95 = 1.6448536269514722;

  private static final double CONFIDENCE = 0.95;

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * A measured share.
   *
   * @param measure what was counted, such as {@code mmlu} or {@code agreement with minilm_fp32}
   * @param good answers that were right, {@code [0, samples]}
   * @param samples answers that were judged, {@code >= 1}
   * @param source where it comes from, not blank
   */
  public record Entry(String variant, String measure, long good, long samples, String source) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a text is blank or a count out of range
     */
    public Entry {
      if (variant.isBlank() || measure.isBlank() || source.isBlank()) {
        throw new IllegalArgumentException("quality needs a variant, a measure and a source");
      }
      if (good < 0 || samples < 1 || good > samples) {
        throw new IllegalArgumentException(
            "quality of %s by %s: %d good of %d; allowed: 0 to all of at least one"
                .formatted(variant, measure, good, samples));
      }
    }
  }

  /**
   * Keeps entries.
   *
   * @throws IllegalArgumentException if a variant has two by one measure
   */
  public QualityTable(List<Entry> all) {
    for (Entry entry : all) {
      if (entries.put(key(entry.variant(), entry.measure()), entry) != null) {
        throw new IllegalArgumentException(
            "two qualities of %s by %s".formatted(entry.variant(), entry.measure()));
      }
    }
  }

  private static String key(String variant, String measure) {
    return variant + '\n' + measure;
  }

  /** Returns the measured share, {@code [0, 1]}; unknown where it was not measured. */
  public Figure quality(String variant, String measure) {
    Entry entry = entries.get(key(variant, measure));
    return entry == null
        ? missing(variant, measure)
        : Figure.of(share(entry), CONFIDENCE, entry.source());
  }

  /**
   * Returns what the share is at least, with 95 % confidence: the lower end of the one-sided score
   * interval (Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal
   * of the American Statistical Association, 1927). A floor holds where this is above it.
   */
  public Figure atLeast(String variant, String measure) {
    Entry entry = entries.get(key(variant, measure));
    return entry == null
        ? missing(variant, measure)
        : Figure.of(wilson(entry), CONFIDENCE, entry.source());
  }

  private static double share(Entry entry) {
    return entry.good() / (double) entry.samples();
  }

  private static double wilson(Entry entry) {
    double n = entry.samples();
    double share = share(entry);
    double square = Z95 * Z95;
    double spread = Z95 * Math.sqrt(share * (1 - share) / n + square / (4 * n * n));
    return Math.max(0, (share + square / (2 * n) - spread) / (1 + square / n));
  }

  private static Figure missing(String variant, String measure) {
    return Figure.unknown("quality of %s by %s".formatted(variant, measure));
  }
}
