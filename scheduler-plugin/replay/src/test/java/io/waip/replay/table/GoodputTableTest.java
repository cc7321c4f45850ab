package io.waip.replay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.policy.Policy;
import io.waip.replay.trace.LengthsReader;
import io.waip.replay.trace.TestWorkloads;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Checks {@code docs/goodput.csv}, which {@code waip bench goodput} wrote. */
class GoodputTableTest {
  private static final int FIRST_POLICY = 5;
  private static final int AFTER_POLICIES = FIRST_POLICY + Policy.values().length;

  private static List<String> lines() throws IOException {
    return Files.readAllLines(TestWorkloads.checkout().resolve("docs/goodput.csv"));
  }

  private static List<CellResult> results() throws IOException {
    return lines().stream().skip(1).map(GoodputTableTest::parsed).toList();
  }

  private static CellResult parsed(String line) {
    String[] fields = line.split(",", -1);
    Map<Policy, Double> goodput = new EnumMap<>(Policy.class);
    for (Policy policy : Policy.values()) {
      goodput.put(policy, Double.parseDouble(fields[FIRST_POLICY + policy.ordinal()]));
    }
    String kind = fields[0].substring(0, fields[0].indexOf('/')).toUpperCase(Locale.ROOT);
    return new CellResult(
        fields[0],
        CellKind.valueOf(kind),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        fields[3].isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(fields[3])),
        Double.parseDouble(fields[4]),
        goodput,
        fields[AFTER_POLICIES + 2]);
  }

  private static List<Cell> cells() {
    Optional<Path> trace = TestWorkloads.shared("azure_llm_2023_conv.csv");
    Optional<Path> lengths = TestWorkloads.shared("textlen_sst2_dev.csv");
    assumeTrue(
        trace.isPresent() && lengths.isPresent(),
        "skipped: azure_llm_2023_conv.csv and textlen_sst2_dev.csv are not both in WAIP_SHARED or"
            + " beside");
    return GoodputTable.cells(
        TraceReader.read(trace.orElseThrow()), LengthsReader.read(lengths.orElseThrow()));
  }

  @Test
  void everyVerdictFollowsFromItsFigures() throws IOException {
    List<String> again = results().stream().map(GoodputCsv::line).toList();

    assertThat(lines().getFirst()).isEqualTo(GoodputCsv.header());
    assertThat(lines().subList(1, lines().size())).isEqualTo(again).isNotEmpty();
  }

  @Test
  void noPolicyBeatsTheEngineAnywhere() throws IOException {
    assertThat(results())
        .allSatisfy(
            result -> assertThat(result.missed()).noneMatch(missed -> missed.contains("ahead by")));
  }

  @Test
  void theGapToTheLimitIsClosedByHalfWhereverThereIsOne() throws IOException {
    assertThat(results())
        .allSatisfy(result ->
            assertThat(result.missed()).noneMatch(missed -> missed.contains("gap_closed")));
  }

  @Test
  void nothingIsServedBeyondTheBounds() throws IOException {
    assertThat(results())
        .filteredOn(result -> result.kind() != CellKind.NOISY)
        .allSatisfy(result -> {
          assertThat(result.clairvoyantRps().orElseThrow()).isLessThanOrEqualTo(result.limitRps());
          assertThat(result.goodputRps().values())
              .allMatch(rps -> rps <= result.clairvoyantRps().orElseThrow());
        });
  }

  @Test
  void theEngineStillDecidesAsInTheTable() throws IOException {
    List<CellResult> written = results();
    List<Cell> cells = cells();

    assertThat(written).hasSameSizeAs(cells);
    for (int i = 0; i < cells.size(); i++) {
      PolicyRun run = Replay.of(cells.get(i).spec()).play(Policy.WAIP);
      assertThat(written.get(i).cell()).isEqualTo(cells.get(i).name());
      assertThat(run.log().decisionHash())
          .as("%s; remedy: write the table anew", cells.get(i).name())
          .isEqualTo(written.get(i).decisionHash());
    }
  }

  private static CellResult planted(Policy policy, double rps, double waipRps) {
    return new CellResult(
        "bursts/x",
        CellKind.BURSTS,
        200,
        100,
        OptionalDouble.of(99),
        50,
        Map.of(Policy.WAIP, waipRps, policy, rps),
        "");
  }

  @Test
  void aBetterPolicyIsNoticed() {
    assertThat(planted(Policy.NEXUS, 98.9, 98).missed()).isEmpty();
    assertThat(planted(Policy.NEXUS, 99.1, 98).missed()).containsExactly("nexus ahead by 0.011");
  }

  @Test
  void aMissedShareIsNoticed() {
    assertThat(planted(Policy.FIFO, 0, 74).missed())
        .containsExactly("of_clairvoyant 0.747 < 0.97", "gap_closed 0.480 < 0.50");
    assertThat(planted(Policy.FIFO, 0, 48).missed()).contains("of_tuned 0.960 < 0.98");
  }
}
