package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.arrivals.Arrivals;
import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Diagnoser;
import io.waip.replay.diagnose.Diagnosis;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.Observed;
import io.waip.replay.diagnose.Surroundings;
import io.waip.replay.diagnose.read.ConfigurationFile;
import io.waip.replay.diagnose.read.MetricsFile;
import io.waip.replay.diagnose.read.StatisticsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults in the configuration of a model in Triton's real core, diagnosed from the core's own
 * statistics and metrics; then the configuration is changed as the first finding says, and the same
 * requests are sent again. An execution sleeps 20 ms, so that a slow machine changes little.
 */
@ExtendWith(TritonCore.class)
@Timeout(240)
class DiagnosedServerTest {
  private static final long EXECUTION_MICROS = 20_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double SLO_MILLIS = 150;

  /** Refused. */
  private static final long NEVER = Long.MAX_VALUE;

  @TempDir private Path folder;

  /**
   * A fault.
   *
   * @param cause that has to be named
   * @param config of the model, as JSON
   * @param load that it is under
   */
  record Fault(Cause cause, String config, Load load) {
    @Override
    public String toString() {
      return cause.label();
    }
  }

  /**
   * Requests.
   *
   * @param lengths how many different ones, in turn
   * @param timeoutMillis that they ask for; 0 for none
   */
  record Load(int requests, double perSecond, int lengths, long timeoutMillis) {}

  /** How requests fared. */
  private record Score(double inTime, double p99Millis) {
    boolean isBetterThan(Score other) {
      return inTime > other.inTime + 0.02
          || (inTime >= other.inTime && p99Millis < 0.9 * other.p99Millis);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f %% in time, p99 %.0f ms", 100 * inTime, p99Millis);
    }
  }

  private static String config(int maxBatch, String batching) {
    return """
    {"name":"echo","backend":"identity","max_batch_size":%d,\
    "input":[{"name":"IN0","data_type":"TYPE_FP32","dims":[-1]}],\
    "output":[{"name":"OUT0","data_type":"TYPE_FP32","dims":[-1]}],\
    "instance_group":[{"count":1,"kind":"KIND_CPU"}]%s}\
    """
        .formatted(maxBatch, batching.isEmpty() ? "" : ",\"dynamic_batching\":" + batching);
  }

  private static List<Fault> faults() {
    return List.of(
        new Fault(Cause.NO_BATCHING, config(16, ""), new Load(150, 75, 1, 0)),
        new Fault(Cause.BATCH_CAP, config(2, "{}"), new Load(300, 150, 1, 0)),
        new Fault(
            Cause.PREFERRED_SIZE,
            config(16, "{\"preferred_batch_size\":[2]}"),
            new Load(300, 150, 1, 0)),
        new Fault(Cause.SHAPE_CUT, config(16, "{}"), new Load(200, 100, 7, 0)),
        new Fault(
            Cause.QUEUE_DELAY,
            config(16, "{\"max_queue_delay_microseconds\":100000}"),
            new Load(110, 30, 1, 0)),
        new Fault(
            Cause.IGNORED_TIMEOUT,
            config(1, "{\"default_queue_policy\":{\"allow_timeout_override\":true}}"),
            new Load(130, 60, 1, 100)),
        new Fault(
            Cause.SHORT_TIMEOUT,
            config(16, "{\"default_queue_policy\":{\"default_timeout_microseconds\":3000}}"),
            new Load(110, 30, 1, 0)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void namesTheFaultFromTheCoresStatisticsAndItsRemedyHelps(Fault fault) throws IOException {
    try (ModelRepository repository = Identity.repository().add(Identity.model("echo"));
        EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository))) {
      ChangedConfig config = new ChangedConfig(fault.config());
      server.load("echo", config.json());
      Files.writeString(folder.resolve("stats.json"), server.statistics("echo") + "\n");
      long start = System.nanoTime();
      Score before = send(server, fault.load());
      Diagnosis diagnosis = diagnose(server, config, System.nanoTime() - start);
      List<Cause> causes = diagnosis.findings().stream().map(Finding::cause).toList();
      assertThat(causes).as("%s", diagnosis).isNotEmpty();

      config.apply(diagnosis.findings().getFirst().remedy());
      server.load("echo", config.json());
      Score after = send(server, fault.load());
      System.out.println(fault + ": named " + causes + "; " + before + ", then " + after);
      assertThat(causes.getFirst()).as("%s", diagnosis).isEqualTo(fault.cause());
      assertThat(after.isBetterThan(before)).as("%s, then %s", before, after).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("healthy")
  void namesNothingWhereNothingIsWrong(Load load) throws IOException {
    try (ModelRepository repository = Identity.repository().add(Identity.model("echo"));
        EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository))) {
      ChangedConfig config = new ChangedConfig(config(16, "{}"));
      server.load("echo", config.json());
      Files.writeString(folder.resolve("stats.json"), server.statistics("echo") + "\n");
      long start = System.nanoTime();
      send(server, load);
      Diagnosis diagnosis = diagnose(server, config, System.nanoTime() - start);
      assertThat(diagnosis.findings()).isEmpty();
      assertThat(diagnosis.stages()).hasSize(1);
      assertThat(diagnosis.stages().getFirst().requests()).isEqualTo(load.requests());
    }
  }

  private static List<Load> healthy() {
    return List.of(new Load(110, 30, 1, 0), new Load(250, 150, 1, 0));
  }

  private Diagnosis diagnose(EmbeddedServer server, ChangedConfig config, long windowNanos)
      throws IOException {
    StatisticsFiles statistics = new StatisticsFiles();
    statistics.read(folder.resolve("stats.json"));
    statistics.read(write("later.json", server.statistics("echo")));
    ModelConfiguration read =
        ConfigurationFile.read(write("config.json", config.json())).configuration();
    return Diagnoser.diagnose(
        new Observed(
            statistics.figures(Map.of("echo", read), OptionalDouble.of(windowNanos)),
            new Surroundings(
                OptionalInt.of(2),
                MetricsFile.read(write("metrics.txt", server.metrics())),
                Map.of("echo", Math.round(SLO_MILLIS * NANOS_PER_MILLI))),
            Optional.empty()));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** Sends each request at its time and returns when all are answered. */
  private static Score send(EmbeddedServer server, Load load) {
    long[] arrivals =
        Arrivals.generate(new ArrivalSpec.Poisson(), load.requests(), load.perSecond(), 7);
    AtomicLongArray took = new AtomicLongArray(load.requests());
    CountDownLatch answers = new CountDownLatch(load.requests());
    try (InferenceClient client = Identity.client(server, "echo", load.requests())) {
      long start = System.nanoTime();
      for (int i = 0; i < load.requests(); i++) {
        int request = i;
        long intended = start + arrivals[i];
        while (System.nanoTime() < intended) {
          LockSupport.parkNanos(intended - System.nanoTime());
        }
        InferenceCall call = Identity.acquire(client);
        Identity.fill(call, i, 1 + i % load.lengths());
        call.options().parameter("sleep_us", EXECUTION_MICROS);
        if (load.timeoutMillis() > 0) {
          call.options().timeout(Duration.ofMillis(load.timeoutMillis()));
        }
        call.submit(done -> {
          boolean isAnswered = done.status() == TritonStatus.OK;
          took.set(request, isAnswered ? System.nanoTime() - intended : NEVER);
          done.close();
          answers.countDown();
        });
      }
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return score(IntStream.range(0, load.requests()).mapToLong(took::get).toArray());
  }

  private static Score score(long[] tookNanos) {
    double inTime =
        LongStream.of(tookNanos).filter(nanos -> nanos <= SLO_MILLIS * NANOS_PER_MILLI).count();
    long[] answered = LongStream.of(tookNanos).filter(nanos -> nanos < NEVER).sorted().toArray();
    double p99 = answered.length == 0 ? 0 : answered[(int) Math.ceil(0.99 * answered.length) - 1];
    return new Score(inTime / tookNanos.length, p99 / NANOS_PER_MILLI);
  }
}
