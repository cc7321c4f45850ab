package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.runtime.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code waip fit}. */
class FitCommandTest {
  private static final String HEADER =
      "time_stats.emb.median,num_tokens,num_tensor_parallel_workers\n";

  @TempDir private Path folder;
  private Cancellation cancellation = new Cancellation();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  /** A table of 40 lengths whose times lie 2 % beside a line, up and down in turn. */
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    table = table("table.csv", tokens -> 1 + 0.01 * tokens, 40);
  }

  private Path table(String name, IntToDoubleFunction millis, int lengths) throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 1; i <= lengths; i++) {
      double time = millis.applyAsDouble(16 * i) * (i % 2 == 0 ? 1.02 : 0.98);
      rows.append(String.format(Locale.ROOT, "%.6f,%d,1%n", time, 16 * i));
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  private int fit(Object... args) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine commandLine = Main.commandLine(cancellation);
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    Stream<String> all = Stream.concat(Stream.of("fit"), Stream.of(args).map(Object::toString));
    return Main.execute(commandLine, all.toArray(String[]::new));
  }

  private JsonNode figures(Object... args) throws IOException {
    Path file = folder.resolve("out.json");
    Object[] all = Stream.concat(Stream.of(args), Stream.of("--json", file)).toArray();
    assertThat(fit(all)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(file.toFile());
  }

  private void assertOneErrorLine(String... parts) {
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(parts);
  }

  @Test
  void judgesAFitAtThePointsItDidNotSee() throws IOException {
    JsonNode figures = figures("--input", table, "--train-points", 20, "--seeds", 5);

    assertThat(figures.get("splits").asInt()).isEqualTo(5);
    assertThat(figures.get("points").asInt()).isEqualTo(40);
    assertThat(figures.get("train_points").asInt()).isEqualTo(20);
    assertThat(figures.get("mean_abs_rel_error").asDouble()).isCloseTo(0.02, within(0.01));
    assertThat(figures.get("p99_abs_rel_error").asDouble()).isBetween(0.02, 0.15);
    assertThat(figures.get("coverage_p95").asDouble()).isBetween(0.8, 1.0);
    assertThat(figures.get("coverage_p99").isNull()).isTrue();
    assertThat(figures.get("band_p95_median_width").asDouble()).isBetween(0.02, 0.15);
    JsonNode subject = figures.get("subjects").get(0);
    assertThat(subject.get("variant").asText()).isEqualTo("table");
    assertThat(subject.get("phase").asText()).isEqualTo("WHOLE");
    assertThat(subject.get("tensor_parallel").asInt()).isEqualTo(1);
    assertThat(subject.get("mean_abs_rel_error")).isEqualTo(figures.get("mean_abs_rel_error"));
    assertThat(out.toString())
        .contains("40 measurements; each of 5 splits", "table WHOLE", "overall", "beyond: share");
  }

  @Test
  void givesP99FromNinetyNinePoints() throws IOException {
    Path large = table("large.csv", tokens -> 1 + 0.01 * tokens, 130);

    assertThat(
            figures("--input", large, "--train-points", 99, "--seeds", 2)
                .get("coverage_p99")
                .asDouble())
        .isBetween(0.8, 1.0);
    assertThat(
            figures("--input", large, "--train-points", 98, "--seeds", 2)
                .get("coverage_p99")
                .isNull())
        .isTrue();
  }

  @Test
  void givesNoBoundWhereNoPointsReach() throws IOException {
    JsonNode figures = figures("--input", table, "--train-points", 10, "--seeds", 2);

    assertThat(figures.get("coverage_p95").isNull()).isTrue();
    assertThat(figures.get("band_p95_median_width").isNull()).isTrue();
  }

  @Test
  void writesAModelThatPeopleCanRead() throws IOException {
    Path model = folder.resolve("model");

    assertThat(fit("--input", table, "--output", model, "--seeds", 1)).isZero();

    assertThat(Files.readString(model))
        .startsWith("# A cost model of 'waip fit'")
        .contains("format_version: 1", "fitter: \"roofline\"", "variant: \"table\"")
        .contains("sources: \"" + table + ":2\"", "log_residual: ");
    assertThat(out.toString()).contains(model + ": fitted to all points", "extrapolated");
  }

  @Test
  void theSameInputGivesTheSameModelAndFigures() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");

    JsonNode one = figures("--input", table, "--output", first, "--seeds", 2);
    JsonNode two = figures("--input", table, "--output", second, "--seeds", 2);

    assertThat(two).isEqualTo(one);
    assertThat(second).hasSameTextualContentAs(first);
  }

  @Test
  void readsSeveralFilesIntoOneModel() throws IOException {
    Path other = table("other.csv", tokens -> 2 + 0.03 * tokens, 20);

    JsonNode figures = figures("--input", table, "--input", other, "--seeds", 1);

    assertThat(figures.get("subjects")).hasSize(2);
    assertThat(figures.get("points").asInt()).isEqualTo(60);
    // Four fifths of 20, where 20 were asked for.
    assertThat(figures.get("subjects").get(1).get("train_points").asInt()).isEqualTo(16);
    assertThat(figures.get("subjects").get(1).get("bands_borrowed").asBoolean()).isTrue();
    assertThat(out.toString()).contains("at most four fifths", "* fewer than 19 points");
  }

  @Test
  void tellsWhatItSetAside() throws IOException {
    Files.writeString(table, Files.readString(table) + "1.0,650,1\n");

    JsonNode aside = figures("--input", table, "--seeds", 1).get("set_aside");

    assertThat(aside).hasSize(1);
    assertThat(aside.get(0).get("source").asText()).isEqualTo(table + ":42");
    assertThat(aside.get(0).get("length").asInt()).isEqualTo(650);
    assertThat(out.toString()).contains("set aside: " + table + ":42: 1.000 ms");
  }

  private Path model(String name, Path input) {
    Path model = folder.resolve(name);
    assertThat(fit("--input", input, "--output", model, "--seeds", 1)).isZero();
    return model;
  }

  @Test
  void comparesTwoModels() throws IOException {
    Path a = model("a", table);
    Files.createDirectory(folder.resolve("b"));
    Path b = model("b.model", table("b/table.csv", tokens -> 1.1 + 0.011 * tokens, 40));

    JsonNode diff = figures("--diff", a, b).get("subjects").get(0);

    assertThat(diff.get("mean_abs_rel_difference").asDouble()).isCloseTo(0.1, within(0.01));
    assertThat(diff.get("largest")).hasSize(5);
    assertThat(diff.get("largest").get(0).get("rel_difference").asDouble())
        .isCloseTo(0.1, within(0.02));
    JsonNode atA = diff.get("at_points_of_a");
    assertThat(atA.get("points").asInt()).isEqualTo(40);
    assertThat(atA.get("mean_abs_rel_error_a").asDouble()).isLessThan(0.03);
    assertThat(atA.get("mean_abs_rel_error_b").asDouble()).isCloseTo(0.1, within(0.02));
    assertThat(atA.get("nearer_a").asInt()).isEqualTo(40);
    assertThat(diff.get("at_points_of_b").get("nearer_b").asInt()).isEqualTo(40);
    assertThat(out.toString())
        .contains("table WHOLE: B differs from A by", "A is nearer to 40, B to 0");
  }

  @Test
  void findsNoDifferenceBetweenAModelAndItself() throws IOException {
    Path a = model("a", table);

    assertThat(
            figures("--diff", a, a)
                .get("subjects")
                .get(0)
                .get("mean_abs_rel_difference")
                .asDouble())
        .isZero();
  }

  @Test
  void namesSubjectsThatOnlyOneModelKnows() throws IOException {
    Path a = model("a", table);
    Path b = model("b", table("other.csv", tokens -> tokens, 20));

    JsonNode diff = figures("--diff", a, b);

    assertThat(diff.get("subjects")).isEmpty();
    assertThat(diff.get("only_a").get(0).asText()).isEqualTo("table WHOLE");
    assertThat(diff.get("only_b").get(0).asText()).isEqualTo("other WHOLE");
    assertThat(out.toString()).contains("only in A: table WHOLE", "only in B: other WHOLE");
  }

  @Test
  void refusesAFileThatIsNoModel() throws IOException {
    assertThat(fit("--diff", table, table)).isEqualTo(1);
    assertOneErrorLine(table.toString(), "no cost model", "fit it again");

    Path empty = Files.writeString(folder.resolve("empty"), "");
    assertThat(fit("--diff", empty, empty)).isEqualTo(1);
    assertOneErrorLine("format version 0", "fit it again");

    assertThat(fit("--diff", folder.resolve("none"), table)).isEqualTo(1);
    assertOneErrorLine("none: cannot be read: NoSuchFileException");
  }

  @Test
  void refusesAModelSomebodyChanged() throws IOException {
    Path a = model("a", table);
    Files.writeString(a, Files.readString(a).replaceFirst("log_residual: .*", "log_residual: 1"));

    assertThat(fit("--diff", a, a)).isEqualTo(1);
    assertOneErrorLine("variant 'table' has log_residual 1.0", "fit it again");
  }

  @Test
  void refusesBadMeasurementsInOneLine() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), HEADER + "1.5,16,1\n-2,32,1\n");
    assertThat(fit("--input", bad)).isEqualTo(1);
    assertOneErrorLine(bad + ":3", "found '-2'", "allowed: ", "above 0", "remedy: ");

    Path one = Files.writeString(folder.resolve("one.csv"), HEADER + "1.5,16,1\n");
    assertThat(fit("--input", one)).isEqualTo(1);
    assertOneErrorLine(one + ":2", "1 usable point", "at least 4", "remedy: ");

    Path twice = Files.writeString(table, Files.readString(table) + "9,16,1\n");
    assertThat(fit("--input", twice)).isEqualTo(1);
    assertOneErrorLine(twice + ":42", "where " + twice + ":2 has", "within a factor of 2");
  }

  @Test
  void refusesAFormNobodyReads() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello\n");

    assertThat(fit("--input", text)).isEqualTo(1);
    assertOneErrorLine(text + ": it is of no known form", "splitwise-csv", "vidur-operators-csv");

    assertThat(fit("--input", table, "--format", "vidur")).isEqualTo(2);
    assertOneErrorLine("unknown form 'vidur'", "vidur-operators-csv");

    assertThat(fit("--input", folder.resolve("none.csv"))).isEqualTo(1);
    assertOneErrorLine("none.csv: cannot be read");
  }

  @Test
  void takesTheFormItIsTold() throws IOException {
    assertThat(fit("--input", table, "--format", "splitwise-csv")).isEqualTo(1);
    assertOneErrorLine("no column 'model'");

    assertThat(fit("--input", table, "--format", "vidur-operators-csv", "--seeds", 1)).isZero();
  }

  @Test
  void refusesAWrongCall() {
    assertThat(fit()).isEqualTo(2);
    assertOneErrorLine("nothing to fit", "--input");
    assertThat(fit("--input", table, "--train-points", 2)).isEqualTo(2);
    assertOneErrorLine("--train-points: is 2", ">= 3");
    assertThat(fit("--input", table, "--seeds", 0)).isEqualTo(2);
    assertOneErrorLine("--seeds: is 0", ">= 1");
    assertThat(fit("--input", table, "--diff", table, table)).isEqualTo(2);
    assertOneErrorLine("--diff compares two models");
    assertThat(fit("--diff", table)).isEqualTo(2);
    assertThat(fit("--input", table, "--output", folder.resolve("no/model"))).isEqualTo(1);
    assertOneErrorLine("--output: cannot write", "existing");
  }

  @Test
  void aRequestedEndStopsAfterTheSplitUnderWayAndWritesNothing() {
    cancellation.request();
    Path model = folder.resolve("model");

    assertThat(fit("--input", table, "--output", model, "--seeds", 5)).isEqualTo(1);

    assertThat(err.toString()).contains("stopped after 1 of 5 splits; nothing written");
    assertThat(model).doesNotExist();
  }
}
