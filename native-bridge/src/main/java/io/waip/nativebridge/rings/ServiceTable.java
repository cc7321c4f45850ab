package io.waip.nativebridge.rings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the planner tells a front model about its service.
 *
 * @param planned whether requests are to be given to the planner
 * @param variants models that may answer, from 1 to {@link #MAX_VARIANTS}; a decision names one by
 *     its position
 * @param lengths how the length of a request is read; empty where all have one length
 */
public record ServiceTable(boolean planned, List<String> variants, Optional<Lengths> lengths) {
  /** Most variants of a table. */
  public static final int MAX_VARIANTS = RingsAbi.VARIANTS;

  /** Most outputs that are cut back. */
  public static final int MAX_TRIMS = RingsAbi.TRIMS;

  /** Longest name, bytes of UTF-8. */
  public static final int MAX_NAME_BYTES = RingsAbi.NAME_BYTES - 1;

  /**
   * How the length of a request is read and made equal.
   *
   * @param input input tensor whose shape holds the length
   * @param axis its axis that is the length, the batch axis counted, {@code >= 0}
   * @param padding how shorter rows are filled up; empty when they must not be
   */
  public record Lengths(String input, int axis, Optional<Padding> padding) {}

  /**
   * Filling up of shorter rows.
   *
   * @param value appended to the length input, in its type
   * @param mask input tensor that is padded with 0
   * @param trim outputs that are cut back to the row's own length, at most {@link #MAX_TRIMS}
   */
  public record Padding(long value, String mask, List<String> trim) {
    /** Copies the list. */
    public Padding {
      trim = List.copyOf(trim);
    }
  }

  /**
   * Copies the list and checks the parts.
   *
   * @throws IllegalArgumentException if there are too few or too many variants or outputs, or a
   *     name is too long
   */
  public ServiceTable {
    variants = List.copyOf(variants);
    if (variants.isEmpty() || variants.size() > MAX_VARIANTS) {
      throw new IllegalArgumentException(
          "variants must be 1 to %d, are %d".formatted(MAX_VARIANTS, variants.size()));
    }
    variants.forEach(ServiceTable::requireShort);
    lengths.ifPresent(ServiceTable::check);
  }

  private static void check(Lengths lengths) {
    requireShort(lengths.input());
    if (lengths.padding().isPresent()) {
      Padding padding = lengths.padding().get();
      requireShort(padding.mask());
      padding.trim().forEach(ServiceTable::requireShort);
      if (padding.trim().size() > MAX_TRIMS) {
        throw new IllegalArgumentException(
            "lengths.trim must name at most %d outputs, names %d"
                .formatted(MAX_TRIMS, padding.trim().size()));
      }
    }
  }

  private static void requireShort(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "name '%s' is longer than %d bytes".formatted(name, MAX_NAME_BYTES));
    }
  }

  /** Returns this table with requests given to the planner or not. */
  public ServiceTable withPlanned(boolean value) {
    return new ServiceTable(value, variants, lengths);
  }
}
