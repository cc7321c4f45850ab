package io.waip.cli.bench.front;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waip.cli.bench.load.LoadFigures;
import io.waip.cli.bench.load.LoadGeneratorMain;
import io.waip.cli.bench.load.LoadLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The load generator as a process; it ends with its input, so also when this process dies. */
final class LoadProcess implements AutoCloseable {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** Beyond a run's own bound: start, warm-up, the wait for the last answers, writing the log. */
  private static final Duration SLACK = Duration.ofSeconds(60);

  private final Process process;
  private final Path json;
  private final Path log;
  private final Path errors;
  private final Duration bound;
  private volatile String line = "starting";

  private LoadProcess(Process process, Path files, Duration bound) {
    this.process = process;
    this.bound = bound;
    json = files.resolve("load.json");
    log = files.resolve("load.csv");
    errors = files.resolve("load.err");
    Thread reader = new Thread(this::readLines, "load-lines");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a run.
   *
   * @param options the run's shape, as {@link LoadGeneratorMain} takes it
   * @param bound of its time
   */
  static LoadProcess start(Stage stage, int port, Duration bound, String... options)
      throws IOException {
    Path files = Files.createTempDirectory(stage.work(), "load-");
    List<String> command =
        JavaProcess.command(
            LoadGeneratorMain.class,
            "-XX:+UseSerialGC",
            "-Xms256m",
            "-Xmx1g",
            "-XX:TieredStopAtLevel=1");
    command.addAll(
        List.of(
            "--port=" + port,
            "--time=" + bound.toMillis() + "ms",
            "--until-input-ends",
            "--seed=" + stage.seed(),
            "--json=" + files.resolve("load.json"),
            "--log=" + files.resolve("load.csv")));
    command.addAll(List.of(options));
    ProcessBuilder builder = JavaProcess.builder(command);
    builder.redirectError(files.resolve("load.err").toFile());
    return new LoadProcess(builder.start(), files, bound);
  }

  private void readLines() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String next;
      while ((next = in.readLine()) != null) {
        line = next;
      }
    } catch (IOException e) {
      line = "ended";
    }
  }

  /** The last line it printed: what is sent, open and failed. */
  String line() {
    return line;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks for the end; what is under way is still waited for. */
  void stop() throws IOException {
    process.getOutputStream().close();
  }

  /**
   * Waits for the end and reads the account.
   *
   * @throws IOException if the generator failed
   */
  LoadRun result(Stage stage, String step) throws IOException, InterruptedException {
    boolean ended =
        stage.await(
            () -> {
              stage.update(step, line);
              return !process.isAlive();
            },
            bound.plus(SLACK));
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("the load generator failed: " + Files.readString(errors).strip());
    }
    return new LoadRun(MAPPER.readValue(json.toFile(), LoadFigures.class), LoadLog.read(log));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
