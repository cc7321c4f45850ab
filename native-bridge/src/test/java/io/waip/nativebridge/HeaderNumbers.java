package io.waip.nativebridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers that a C header of {@code include/waip} defines. */
public final class HeaderNumbers {
  private HeaderNumbers() {}

  /** Returns a header's text. */
  public static String read(String name) throws IOException {
    return Files.readString(
        Path.of(System.getProperty("basedir", "."), "src/main/c/include/waip", name));
  }

  /** Returns the numbers defined under names with a prefix, which is left out of the key. */
  public static Map<String, Integer> parse(String header, String prefix) {
    Pattern define = Pattern.compile("^#define " + prefix + "(\\w+) (-?\\d+)$", Pattern.MULTILINE);
    Map<String, Integer> numbers = new TreeMap<>();
    Matcher found = define.matcher(header);
    while (found.find()) {
      numbers.put(found.group(1), Integer.valueOf(found.group(2)));
    }
    return numbers;
  }

  /** Returns how many definitions the text has, the guard against double inclusion left out. */
  public static int definitions(String header) {
    return (int)
        header.lines().filter(line -> line.startsWith("#define") && !line.endsWith("_H")).count();
  }
}
