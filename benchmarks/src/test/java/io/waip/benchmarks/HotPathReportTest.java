package io.waip.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.benchmarks.HotPathReport.Effort;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotPathReportTest {
  /** One short iteration of each benchmark in this JVM. */
  private static final Effort SMOKE = new Effort(false, 0, 1, 20, 5);

  private static final Machine MACHINE = new Machine("cpu", 2, "os", 10, 20);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int report(Figures figures) throws Exception {
    return HotPathReport.report(figures, null, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static Figures allocating(@Nullable Double bytes) {
    Measured measured = new Measured("admission_to_completion", Map.of(), 900, 1.0, bytes, 5);
    return new Figures(List.of(measured), Map.of(), MACHINE, "jdk", "commit");
  }

  private static Measured measured(String name, double nanos) {
    return new Measured(name, Map.of(), nanos, null, 0.0, 1);
  }

  @Test
  void runsEveryBenchmarkOnceAndWritesTheFigures(@TempDir Path folder) throws Exception {
    Path json = folder.resolve("hotpath.json");
    HotPathReport.run(new String[] {"--json", json.toString()}, SMOKE, stream(out), stream(err));
    JsonNode root = new ObjectMapper().readTree(json.toFile());
    assertThat(StreamSupport.stream(root.get("benchmarks").spliterator(), false))
        .extracting(node -> node.get("name").asText())
        .containsOnly(
            "admission_to_completion", "ring_round_trip", "ring_push_poll", "volatile_read");
    assertThat(root.get("benchmarks"))
        .allSatisfy(node -> assertThat(node.get("ns_per_op").asDouble()).isPositive())
        .allSatisfy(node -> assertThat(node.has("error_ns")).isTrue())
        .allSatisfy(node -> assertThat(node.get("alloc_bytes_per_op").isNumber()).isTrue());
    assertThat(root.get("ratios").get("admission_to_completion_over_ring_round_trip").asDouble())
        .isPositive();
    assertThat(root.get("machine").get("processors").asInt()).isPositive();
    assertThat(root.get("jdk").asText()).contains(Runtime.version().toString());
  }

  @Test
  void passesBelowOneByte() throws Exception {
    assertThat(report(allocating(0.999))).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void failsFromOneByteOnAndSaysWhere() throws Exception {
    assertThat(report(allocating(1.0))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("admission_to_completion", "1.000 B/op", "less than 1");
  }

  @Test
  void failsWhereTheAllocationIsNotKnown() throws Exception {
    assertThat(report(allocating(null))).isEqualTo(1);
  }

  @Test
  void refusesAnUnknownArgument() throws Exception {
    int status = HotPathReport.run(new String[] {"--jsn", "x"}, SMOKE, stream(out), stream(err));
    assertThat(status).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--jsn x");
  }

  @Test
  void comparesTheSlowestWithTheFastestNeighbour() {
    Map<String, Double> ratios =
        Figures.ratios(
            List.of(
                measured("admission_to_completion", 800),
                measured("admission_to_completion", 1_200),
                measured("ring_round_trip", 200),
                measured("ring_round_trip", 400),
                measured("ring_push_poll", 10),
                measured("volatile_read", 2)));
    assertThat(ratios)
        .containsEntry("admission_to_completion_over_ring_round_trip", 6.0)
        .containsEntry("admission_to_completion_over_ring_push_poll", 120.0)
        .containsEntry("ring_round_trip_over_volatile_read", 200.0);
  }

  @Test
  void noticesABenchmarkThatDidNotRun() {
    assertThatThrownBy(() -> Figures.ratios(List.of(measured("ring_round_trip", 1))))
        .hasMessageContaining("admission_to_completion did not run");
  }
}
