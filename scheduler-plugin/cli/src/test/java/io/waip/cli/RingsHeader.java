package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The numbers of {@code rings.h}, without {@code WAIP_RINGS_}. */
record RingsHeader(Map<String, Integer> numbers) {

  static RingsHeader read() throws IOException {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    Pattern.compile("^#define WAIP_RINGS_(\\w+) (\\d+)$", Pattern.MULTILINE)
        .matcher(Files.readString(ProjectFiles.at("native-bridge/src/main/c/include/waip/rings.h")))
        .results()
        .forEach(define -> numbers.put(define.group(1), Integer.valueOf(define.group(2))));
    assertThat(numbers).hasSizeGreaterThan(100);
    return new RingsHeader(numbers);
  }

  int number(String name) {
    return Objects.requireNonNull(numbers.get(name), name);
  }

  /**
   * The lower-case rests of the names that begin with {@code prefix}, in the order of their
   * numbers.
   */
  List<String> names(String prefix) {
    return numbers.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .sorted(Map.Entry.comparingByValue())
        .map(entry -> entry.getKey().substring(prefix.length()).toLowerCase(Locale.ROOT))
        .toList();
  }
}
