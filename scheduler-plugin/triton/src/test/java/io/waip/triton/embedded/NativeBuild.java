package io.waip.triton.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The builds of the C part in {@code native-bridge/target/cmake}, and processes that run them. */
enum NativeBuild {
  RELEASE("release"),
  /** With AddressSanitizer and UndefinedBehaviorSanitizer. */
  ADDRESS("sanitize"),
  /** With ThreadSanitizer. */
  THREAD("thread");

  /** By environment variable; %s is the path of the reports. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "ASAN_OPTIONS", "log_path=%s:detect_stack_use_after_return=1",
          "UBSAN_OPTIONS", "log_path=%s:print_stacktrace=1",
          // Goes on, as what the core seems to do wrong has to be told from the rest.
          "TSAN_OPTIONS", "log_path=%s:exitcode=0:history_size=7:second_deadlock_stack=1");

  private final Path folder;

  NativeBuild(String folder) {
    this.folder =
        Path.of(System.getProperty("basedir", "."), "../../native-bridge/target/cmake", folder)
            .toAbsolutePath()
            .normalize();
  }

  /** Returns a file of this build. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Returns the front, or one with a planted fault. */
  Path front(String fault) {
    return fault.isEmpty()
        ? file("front/libtriton_waip.so")
        : file("test/libtriton_waip_" + fault + ".so");
  }

  /**
   * Returns the sanitizer's library, for a process that is not linked with it; it need not exist.
   */
  Path runtime() throws IOException {
    return Path.of(Files.readString(file("test/sanitizer_runtime")));
  }

  /**
   * Runs a process to its end.
   *
   * @param options for sanitizers, beside those of every run: {@code :key=value…}
   * @param scratch an empty folder, for what is written
   */
  Ended run(List<String> command, String options, Path scratch)
      throws IOException, InterruptedException {
    Path output = scratch.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    OPTIONS.forEach((name, text) ->
        builder.environment().put(name, text.formatted(scratch.resolve("report")) + options));
    Process process = builder.start();
    try {
      int status = process.waitFor();
      return new Ended(status, Files.readString(output), reports(scratch));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String reports(Path scratch) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(scratch)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().startsWith("report.")) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }

  /**
   * A process that has ended.
   *
   * @param status of its exit
   * @param output what it printed
   * @param reports what the sanitizer wrote to its log
   */
  record Ended(int status, String output, String reports) {
    /** Returns this with some of the reports only. */
    Ended sifted(UnaryOperator<String> sieve) {
      return new Ended(status, output, sieve.apply(reports));
    }

    /** Returns whether the process found nothing wrong, nor the sanitizer. */
    boolean isSound() {
      return status == 0 && reports.isEmpty();
    }
  }
}
