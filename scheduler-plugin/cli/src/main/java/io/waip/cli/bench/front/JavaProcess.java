package io.waip.cli.bench.front;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that ends with its block.
 *
 * @param process the process
 */
record JavaProcess(Process process) implements AutoCloseable {
  private static final int END_SECONDS = 5;

  /** The command line that runs a main class in a JVM like this one. */
  static List<String> command(Class<?> main, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of(options));
    command.add(main.getName());
    return command;
  }

  /**
   * Gives a process this JVM's class path. Not on its command line: ONNX Runtime 1.29 reads that
   * when it loads and overflows the stack on one of 5 kB.
   */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder;
  }

  /** Ends the process if it still runs. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
