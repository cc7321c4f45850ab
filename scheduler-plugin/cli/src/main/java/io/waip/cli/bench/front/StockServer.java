package io.waip.cli.bench.front;

import io.waip.cli.input.UserError;
import io.waip.triton.client.OipClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tritonserver process on the loopback interface, started and ended by the bench. */
final class StockServer implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final int DRAIN_SECONDS = 6;
  private static final int LOG_LINES = 3;

  /** Logged as an error by every start without a GPU. */
  private static final String NO_DEVICE = "CudaDriverHelper";

  private final Process process;
  private final int grpcPort;
  private final OipClient client;

  private StockServer(Process process, int grpcPort) {
    this.process = process;
    this.grpcPort = grpcPort;
    client = OipClient.to("127.0.0.1", grpcPort);
  }

  /**
   * Starts the server and waits until all models are ready.
   *
   * @throws UserError if it does not get there
   */
  static StockServer start(ServerFiles files, ServerFolders folders, Stage stage)
      throws IOException, InterruptedException {
    List<Integer> ports = freePorts(3);
    ProcessBuilder builder = new ProcessBuilder(command(files, folders, ports));
    builder.redirectErrorStream(true).redirectOutput(folders.log().toFile());
    StockServer server = new StockServer(builder.start(), ports.get(0));
    try {
      boolean ready =
          stage.await(
              () -> !server.process.isAlive() || server.isReady(folders.models()), START_TIMEOUT);
      if (!ready || !server.process.isAlive()) {
        throw failed(folders.log());
      }
      return server;
    } catch (RuntimeException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private static List<String> command(
      ServerFiles files, ServerFolders folders, List<Integer> ports) {
    List<String> command = new ArrayList<>();
    command.add(files.server().resolve("bin/tritonserver").toString());
    command.add("--model-repository=" + folders.repository());
    command.add("--backend-directory=" + folders.backends());
    List<String> listeners = List.of("grpc", "http", "metrics");
    for (int i = 0; i < listeners.size(); i++) {
      command.add("--" + listeners.get(i) + "-address=127.0.0.1");
      command.add("--" + listeners.get(i) + "-port=" + ports.get(i));
    }
    command.add("--allow-gpu-metrics=false");
    command.add("--model-control-mode=explicit");
    folders.models().forEach(model -> command.add("--load-model=" + model));
    return command;
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
    return ports;
  }

  private boolean isReady(List<String> models) {
    return client.isReady() && models.stream().allMatch(client::isReady);
  }

  private static UserError failed(Path log) throws IOException {
    List<String> lines =
        Files.readAllLines(log).stream()
            .filter(line -> line.startsWith("E") || line.contains("error"))
            .filter(line -> !line.contains(NO_DEVICE))
            .distinct()
            .toList();
    return new UserError(
        "tritonserver did not get ready: "
            + String.join(" | ", lines.subList(0, Math.min(LOG_LINES, lines.size()))),
        "",
        "",
        "see its log, kept at " + keep(log));
  }

  private static Path keep(Path log) throws IOException {
    Path kept = Files.createTempFile("waip-bench-server-", ".log");
    Files.write(kept, Files.readAllBytes(log));
    return kept;
  }

  long pid() {
    return process.pid();
  }

  int grpcPort() {
    return grpcPort;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String version() {
    return client.describe().version();
  }

  /** SIGTERM, and SIGKILL where it does not drain in time. */
  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
