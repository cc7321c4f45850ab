package io.waip.triton.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/** Runs groups of the Python client's cases against a server. */
public final class ClientSuite {
  private static final long TIMEOUT_MINUTES = 8;

  private final StockInstallation installation;
  private final StockServer server;
  private final Path folder;

  /**
   * Makes a runner.
   *
   * @param folder for what the cases print
   */
  public ClientSuite(StockInstallation installation, StockServer server, Path folder) {
    this.installation = installation;
    this.server = server;
    this.folder = folder;
  }

  /**
   * How a case ended.
   *
   * @param status passed, failed or skipped
   * @param message the reason, where it did not pass
   */
  public record Result(String name, String status, String message) {
    /** Fails, skips or passes as the case did. */
    public void report() {
      switch (status) {
        case "passed" -> {}
        case "skipped" -> throw new TestAbortedException(message);
        default -> throw new AssertionError(message);
      }
    }
  }

  /** The cases of a group as tests, each named as in Python; all have run when this returns. */
  public Stream<DynamicTest> tests(String group, String... options) {
    return run(group, options).stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), each::report));
  }

  /** Runs the cases of a group and answers how each ended; never none. */
  public List<Result> run(String group, String... options) {
    Path json = folder.resolve(group + ".json");
    Path log = folder.resolve(group + ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                installation.python().toString(),
                OutsideFiles.folder().resolve("suite/run.py").toString(),
                group,
                "--http",
                server.http(),
                "--grpc",
                server.grpc(),
                "--pid",
                Long.toString(server.pid()),
                "--json",
                json.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().remove("PYTHONHOME");
    builder.environment().remove("PYTHONPATH");
    try {
      Files.deleteIfExists(json);
      Process client = builder.start();
      client.getOutputStream().close();
      if (!client.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        client.destroyForcibly();
        throw new AssertionError(
            "group "
                + group
                + " ran over "
                + TIMEOUT_MINUTES
                + " min; its last case:\n"
                + Files.readString(log));
      }
      if (client.exitValue() != 0) {
        throw new AssertionError("group " + group + " could not be run:\n" + Files.readString(log));
      }
      return results(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Result> results(Path json) throws IOException {
    List<Result> results = new ArrayList<>();
    for (JsonNode each : new ObjectMapper().readTree(Files.readString(json))) {
      results.add(
          new Result(
              each.path("name").asText(),
              each.path("status").asText(),
              each.path("message").asText()));
    }
    return results;
  }
}
