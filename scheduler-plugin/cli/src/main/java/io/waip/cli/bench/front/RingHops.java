package io.waip.cli.bench.front;

import io.waip.cli.input.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures hops over the rings, on a quiet machine and beside a busy ONNX Runtime. */
final class RingHops {
  private static final String PROGRAM = "/META-INF/native/linux-x86_64/waip_ring_hop";
  private static final int[] RATES = {0, 1000, 100};
  private static final int HOT_HOPS = 50_000;
  private static final int SECONDS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Stage stage;

  RingHops(Stage stage) {
    this.stage = stage;
  }

  /** All measurements; none where the native part was not built. */
  List<RingHop> measure() throws IOException, InterruptedException {
    List<RingHop> hops = new ArrayList<>();
    Path program = unpack();
    if (program != null) {
      measure(program, false, hops);
      try (JavaProcess _ = busyRuntime()) {
        measure(program, true, hops);
      }
      hops.forEach(hop ->
          stage.done(
              "ring hop",
              "%s: p50 %.1f, p99 %.1f us".formatted(hop.name(), hop.p50Us(), hop.p99Us())));
    }
    return hops;
  }

  private @Nullable Path unpack() throws IOException {
    try (InputStream in = RingHops.class.getResourceAsStream(PROGRAM)) {
      if (in == null) {
        stage.done("ring hop", "not measured: built without the native part");
        return null;
      }
      Path program = stage.work().resolve("waip_ring_hop");
      Files.copy(in, program);
      return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private void measure(Path program, boolean busy, List<RingHop> hops)
      throws IOException, InterruptedException {
    for (int rate : RATES) {
      stage.update("ring hop", (busy ? "busy, " : "quiet, ") + rate + " per second");
      hops.add(RingHop.of(rate, busy, run(program, rate)));
    }
  }

  private long[] run(Path program, int rate) throws IOException, InterruptedException {
    int count = rate == 0 ? HOT_HOPS : rate * SECONDS;
    long gapNanos = rate == 0 ? 0 : 1_000_000_000L / rate;
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add(Integer.toString(count));
    command.add(Long.toString(gapNanos));
    command.add(stage.work().resolve("hop").toString());
    command.addAll(JavaProcess.command(RingEchoMain.class, "-XX:+UseSerialGC", "-Xmx64m"));
    Path output = Files.createTempFile(stage.work(), "hops-", ".txt");
    Path errors = Files.createTempFile(stage.work(), "hops-", ".err");
    Process process =
        JavaProcess.builder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try (JavaProcess _ = new JavaProcess(process)) {
      boolean ended = stage.await(() -> !process.isAlive(), PATIENCE);
      if (!ended || process.exitValue() != 0) {
        throw new UserError("the ring hop failed: " + Files.readString(errors).strip(), "", "", "");
      }
    }
    return Files.readAllLines(output).stream().mapToLong(Long::parseLong).toArray();
  }

  private JavaProcess busyRuntime() throws IOException, InterruptedException {
    Path errors = Files.createTempFile(stage.work(), "busy-", ".err");
    Process process =
        JavaProcess.builder(JavaProcess.command(BusyRuntimeMain.class, "-Xmx1g"))
            .redirectError(errors.toFile())
            .start();
    JavaProcess child = new JavaProcess(process);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    boolean started =
        stage.await(() -> !process.isAlive() || hasLine(lines), PATIENCE) && process.isAlive();
    if (!started) {
      child.close();
      throw new UserError(
          "ONNX Runtime could not be kept busy: " + Files.readString(errors).strip(), "", "", "");
    }
    return child;
  }

  /** Whether the first line came, which says that it runs. */
  private static boolean hasLine(BufferedReader lines) {
    try {
      return lines.ready();
    } catch (IOException e) {
      return false;
    }
  }
}
