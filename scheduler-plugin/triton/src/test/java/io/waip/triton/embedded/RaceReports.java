package io.waip.triton.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What ThreadSanitizer writes about a process whose other parts are not built with it: what orders
 * their accesses, counts of shared pointers and monitors of Java, is not seen and looks like races.
 * Anything but a data race is kept, and so is a race of which too little is told.
 *
 * <p>Suppressions of the sanitizer would not do: they hide a report for a function anywhere on a
 * stack, and the core's functions are on the stacks of the front. Here it counts who made the
 * access.
 */
final class RaceReports {
  private static final Pattern PARTING = Pattern.compile("(?m)^={18}$\\n?");
  private static final Pattern RACE =
      Pattern.compile(
          "\\s*WARNING: ThreadSanitizer: data race \\(pid=\\d+\\)\\n.*", Pattern.DOTALL);
  private static final Pattern TOTAL =
      Pattern.compile("ThreadSanitizer: reported \\d+ warnings\\s*");

  /** Of an access: "Previous atomic write of size 8 at …". */
  private static final Pattern ACCESS =
      Pattern.compile("  (?!Location)\\w.* of size \\d+ at 0x.*:");

  /** The library, but for code that a JVM made, and the place in it. */
  private static final Pattern FRAME = Pattern.compile("    #\\d+ .*\\((?:(.+)\\+)?0x[0-9a-f]+\\)");

  /** The sanitizer's own functions, which stand for those of libc that somebody called. */
  private static final String SANITIZER = "libtsan.so";

  /** The core and the C++ library, which nothing of this project is linked with. */
  private static final List<String> CORE = List.of("libtritonserver.so", "libstdc++.so.6");

  private static final String FRONT = "libtriton_waip.so";

  private RaceReports() {}

  /** Returns the reports but for races between two accesses of the core. */
  static String withoutTheCore(String reports) {
    return keep(reports, accessors -> accessors.size() < 2 || !CORE.containsAll(accessors));
  }

  /** Returns the reports but for races with an access of somebody else than the front. */
  static String withinTheFront(String reports) {
    return keep(reports, accessors -> accessors.stream().allMatch(FRONT::equals));
  }

  /** Keeps races by those of their two accessors that are told. */
  private static String keep(String reports, Predicate<List<String>> ours) {
    return Arrays.stream(PARTING.split(reports))
        .filter(report -> !report.isBlank() && !TOTAL.matcher(report).matches())
        .filter(report -> accessors(report).map(ours::test).orElse(true))
        .collect(Collectors.joining("\n"));
  }

  /** The libraries that made the two accesses of a race, where they are told; empty for no race. */
  private static Optional<List<String>> accessors(String report) {
    if (!RACE.matcher(report).matches()) {
      return Optional.empty();
    }
    List<String> lines = report.lines().toList();
    List<String> accessors = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (ACCESS.matcher(lines.get(i)).matches()) {
        accessor(lines.subList(i + 1, lines.size())).ifPresent(accessors::add);
      }
    }
    return Optional.of(accessors);
  }

  /** Who called the sanitizer, in the stack that these lines begin with. */
  private static Optional<String> accessor(List<String> lines) {
    return lines.stream()
        .takeWhile(line -> !line.isBlank())
        .map(FRAME::matcher)
        .filter(Matcher::matches)
        .map(frame -> frame.group(1) == null ? "" : fileName(frame.group(1)))
        .filter(library -> !library.startsWith(SANITIZER))
        .findFirst();
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
