package io.waip.triton.stock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A stock tritonserver in a process of its own, on free ports of the loopback interface. Not for
 * use from several threads.
 */
public final class StockServer implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration END_TIMEOUT = Duration.ofMinutes(1);
  private static final long POLL_MILLIS = 50;
  private static final String CONTROL_MODE = "--model-control-mode=";
  private static final int PORTS = 3;
  private static final int TRIES = 3;
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Process process;
  private final List<Integer> ports;
  private final String regionPrefix;
  private final Path log;

  private StockServer(Process process, List<Integer> ports, String regionPrefix, Path log) {
    this.process = process;
    this.ports = ports;
    this.regionPrefix = regionPrefix;
    this.log = log;
  }

  /**
   * Starts a server with every model of the repository loaded, and waits until it is ready.
   *
   * @param log file that gets all the server prints
   * @param options further ones of tritonserver's command line; models are loaded by name unless
   *     one of them says otherwise
   * @throws AssertionError when it does not get ready, with the end of its log
   */
  public static StockServer start(
      StockInstallation installation, StockRepository repository, Path log, List<String> options) {
    for (int attempt = 1; ; attempt++) {
      StockServer server = launch(installation, repository, log, options);
      if (server.awaitReady()) {
        return server;
      }
      server.close();
      String text = server.log();
      // Between choosing a free port and the server's binding it, another process may take it.
      if (attempt == TRIES || !text.contains("Address already in use")) {
        throw new AssertionError(
            "the stock server did not get ready; " + log + " ends:\n" + tail(text));
      }
    }
  }

  private static StockServer launch(
      StockInstallation installation, StockRepository repository, Path log, List<String> options) {
    List<Integer> ports = freePorts();
    String regionPrefix =
        "waip_outside_" + ProcessHandle.current().pid() + "_" + ports.getFirst() + "_";
    List<String> command = new ArrayList<>(command(installation, repository, ports));
    command.add("--backend-config=python,shm-region-prefix-name=" + regionPrefix);
    if (options.stream().noneMatch(option -> option.startsWith(CONTROL_MODE))) {
      command.addAll(List.of(CONTROL_MODE + "explicit", "--load-model=*"));
    }
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    environment(builder.environment(), installation);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new StockServer(process, ports, regionPrefix, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      StockInstallation installation, StockRepository repository, List<Integer> ports) {
    return List.of(
        installation.server().resolve("bin/tritonserver").toString(),
        "--model-repository=" + repository.models(),
        "--backend-directory=" + repository.backends(),
        "--http-address=127.0.0.1",
        "--http-port=" + ports.get(0),
        "--grpc-address=127.0.0.1",
        "--grpc-port=" + ports.get(1),
        "--metrics-address=127.0.0.1",
        "--metrics-port=" + ports.get(2),
        "--allow-gpu-metrics=false",
        "--exit-timeout-secs=30");
  }

  /** The models' Python is the installed one, whatever Python the caller's shell has set up. */
  private static void environment(Map<String, String> environment, StockInstallation installation) {
    environment.put("PYTHONHOME", installation.pythonHome().toString());
    environment.put("PYTHONPATH", installation.pythonPackages().toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("LD_LIBRARY_PATH", String.valueOf(installation.pythonLibrary().getParent()));
    environment.put(
        "PATH", installation.python().getParent() + ":" + environment.getOrDefault("PATH", ""));
    environment.put("OMP_NUM_THREADS", "1");
    environment.put("OPENBLAS_NUM_THREADS", "1");
  }

  private static List<Integer> freePorts() {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < PORTS; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean awaitReady() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + http() + "/v2/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      long end = System.nanoTime() + START_TIMEOUT.toNanos();
      while (System.nanoTime() < end && process.isAlive()) {
        if (isOk(client, request)) {
          return true;
        }
        process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOk(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notUpYet) {
      return false;
    }
  }

  /** Host and port of the HTTP endpoint. */
  public String http() {
    return "127.0.0.1:" + ports.get(0);
  }

  /** Host and port of the gRPC endpoint. */
  public String grpc() {
    return "127.0.0.1:" + ports.get(1);
  }

  /** Host and port of the metrics. */
  public String metrics() {
    return "127.0.0.1:" + ports.get(2);
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** All processes that the server started and those started by them, alive now. */
  public List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Whether the server runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** All the server printed so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the server has printed a text.
   *
   * @throws AssertionError when it does not within two minutes, with the end of its log
   */
  public void awaitPrinted(String text) {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    try {
      while (!log().contains(text)) {
        if (System.nanoTime() > end || process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(
              "the server did not print '" + text + "'; its log ends:\n" + tail(log()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGTERM and waits for the end; answers the exit code. */
  public int terminate() {
    process.destroy();
    return awaitExit();
  }

  /** Waits for the end of a server that was told to end; answers the exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(
            "the server still runs "
                + END_TIMEOUT.toSeconds()
                + " s after SIGTERM; its log ends:\n"
                + tail(log()));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGKILL and waits for the end of the server alone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /**
   * Ends the server and what it started, if they still run, and the shared memory of its models.
   */
  @Override
  public void close() {
    List<ProcessHandle> started = descendants();
    if (process.isAlive()) {
      process.destroy();
      try {
        if (!process.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    started.forEach(ProcessHandle::destroyForcibly);
    removeRegions();
  }

  private void removeRegions() {
    try (Stream<Path> files = Files.list(SHARED_MEMORY)) {
      for (Path file :
          files
              .filter(each -> String.valueOf(each.getFileName()).startsWith(regionPrefix))
              .toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tail(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }
}
