package io.waip.replay.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One of several named things in an option: {@code NAME[:part=value]...}, separated by commas.
 *
 * @param name letters, digits and {@code _ . / -}
 * @param parts value of each part given, as written
 */
record NamedParts(String name, Map<String, String> parts) {
  private static final Pattern NAME = Pattern.compile("[\\w./-]{1,128}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?(e[+-]?\\d)?");

  /**
   * Reads all things of an option.
   *
   * @param allowed names of parts
   * @return at least one, names distinct
   * @throws IllegalArgumentException if a name or part is wrong or given twice
   */
  static List<NamedParts> parseAll(String text, List<String> allowed) {
    List<NamedParts> found = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      NamedParts next = parse(each.strip(), allowed);
      if (found.stream().anyMatch(other -> other.name().equals(next.name()))) {
        throw new IllegalArgumentException("'" + next.name() + "' is named twice");
      }
      found.add(next);
    }
    return found;
  }

  private static NamedParts parse(String text, List<String> allowed) {
    String[] words = text.split(":", -1);
    if (!NAME.matcher(words[0]).matches()) {
      throw new IllegalArgumentException("'" + words[0] + "' is not a name");
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] pair = words[i].split("=", -1);
      if (pair.length != 2 || !allowed.contains(pair[0])) {
        throw new IllegalArgumentException("unknown part '" + words[i] + "'");
      }
      if (parts.put(pair[0], pair[1]) != null) {
        throw new IllegalArgumentException(pair[0] + " of '" + words[0] + "' is given twice");
      }
    }
    return new NamedParts(words[0], parts);
  }

  /** Returns a part as a number, or what holds where it is not given. */
  double number(String part, double otherwise) {
    String value = parts.get(part);
    return value == null ? otherwise : number(value);
  }

  /**
   * Reads a number without a sign.
   *
   * @throws IllegalArgumentException if it is none
   */
  static double number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a number");
    }
    return new BigDecimal(text).doubleValue();
  }
}
