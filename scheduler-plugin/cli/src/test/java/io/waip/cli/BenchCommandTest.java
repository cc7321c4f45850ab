package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cli.runtime.Cancellation;
import io.waip.replay.table.GoodputCsv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  private int run(String... args) {
    CommandLine line = Main.commandLine(new Cancellation());
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.execute(line, args);
  }

  private String oneErrorLine() {
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString();
  }

  @Test
  void withoutABenchTheUsageIsShown() {
    assertThat(run("bench")).isEqualTo(2);

    assertThat(err.toString()).startsWith("Usage: waip bench").contains("front");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hotpath", "decode", "picker", "soak"})
  void aBenchNotDeliveredYetSaysSoInOneLine(String bench) {
    assertThat(run("bench", bench, "--json", "x")).isEqualTo(1);

    assertThat(oneErrorLine()).contains("bench '" + bench + "' is not delivered yet");
  }

  @ParameterizedTest
  @CsvSource({"--period, 0.5, 1 to 60", "--periods, 3, 4 to 100", "--sweep, 0, 1 to 600"})
  void refusesFiguresOutOfRangeBeforeItMeasures(String option, String value, String allowed) {
    assertThat(run("bench", "planner", option, value)).isEqualTo(2);

    assertThat(oneErrorLine()).contains(option).contains("allowed: " + allowed);
  }

  @Test
  void anUnknownBenchIsAWrongCall() {
    assertThat(run("bench", "frnt")).isEqualTo(2);

    assertThat(oneErrorLine()).contains("frnt");
  }

  @ParameterizedTest
  @CsvSource({
    "--pairs, 0",
    "--pairs, many",
    "--pairs, 1000001",
    "--repetitions, -1",
    "--repetitions, 2.5",
    "--seed, x"
  })
  void aNumberOutOfRangeIsAWrongCall(String option, String value) {
    assertThat(run("bench", "front", option + "=" + value)).isEqualTo(2);

    assertThat(oneErrorLine()).contains(option);
  }

  @Test
  void aFolderWithoutAServerIsNamedWithTheRemedy() {
    assertThat(run("bench", "front", "--server", folder.toString())).isEqualTo(1);

    assertThat(oneErrorLine())
        .contains("no stock tritonserver in " + folder, "install-stock-server");
  }

  @Test
  void aPlaceForTheFiguresThatIsNoneIsSaidFirst() {
    assertThat(run("bench", "front", "--json", folder.resolve("no/out.json").toString()))
        .isEqualTo(1);

    assertThat(oneErrorLine()).contains("--json");
  }

  private Path written(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int goodput(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("bench", "goodput"));
    all.addAll(List.of("--trace", written("trace.csv", "arrival_ms\n0\n1\n2\n4\n").toString()));
    all.addAll(List.of("--lengths", written("lengths.csv", "wordpieces\n3\n9\n").toString()));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void theGoodputTableNeedsATraceAndLengths() {
    assertThat(run("bench", "goodput")).isEqualTo(2);

    assertThat(oneErrorLine()).contains("--trace", "--lengths");
  }

  @Test
  void aTraceThatIsNoneStopsTheGoodputTable() throws IOException {
    Path bad = written("bad.csv", "arrival_ms\n1\nx\n");
    assertThat(run("bench", "goodput", "--trace", bad.toString(), "--lengths", "x")).isEqualTo(1);

    assertThat(oneErrorLine()).contains("bad.csv:3");
  }

  @Test
  void workloadsThatThereAreNotAreAWrongCall() throws IOException {
    assertThat(goodput("--cells", "burst/")).isEqualTo(2);

    assertThat(oneErrorLine()).contains("--cells", "equal, noisy, bursts or lengths");
  }

  @Test
  void aPlaceForTheTableThatIsNoneIsSaidFirst() throws IOException {
    assertThat(goodput("--csv", folder + "/no/out.csv")).isEqualTo(1);

    assertThat(oneErrorLine()).contains("--csv", "cannot write");
  }

  @Test
  void theGoodputTableIsWrittenAndCounted() throws IOException {
    goodput("--cells", "lengths/workers=1/slo=50ms/load=0.5", "--csv", folder + "/out.csv");

    assertThat(out.toString()).contains("lengths/workers=1/slo=50ms/load=0.5", "1 workloads, ");
    assertThat(Files.readAllLines(folder.resolve("out.csv")))
        .hasSize(2)
        .first()
        .isEqualTo(GoodputCsv.header());
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("bench", "front", "--help")).isZero();

    assertThat(out.toString())
        .contains("--pairs", "--repetitions", "--seed", "--server", "--backend", "--json");
  }
}
