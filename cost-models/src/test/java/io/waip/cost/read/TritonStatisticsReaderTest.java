package io.waip.cost.read;

import static io.waip.cost.read.Samples.batch;
import static io.waip.cost.read.Samples.body;
import static io.waip.cost.read.Samples.statistics;
import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.measurement.Center;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TritonStatisticsReaderTest {
  private static final String NAME = "stats,length=32.json";

  @TempDir private Path folder;
  private final TritonStatisticsReader reader = new TritonStatisticsReader();

  private List<Measurement> read(String content) throws IOException {
    return reader.read(Samples.write(folder, NAME, content));
  }

  private String refusal(String content) {
    return Samples.refusal(reader, Samples.write(folder, NAME, content));
  }

  /** Writes {@code size x executions: nanos, …}. */
  private static String told(List<Measurement> measurements) {
    return String.join(
        ", ",
        measurements.stream()
            .map(m -> "%dx%d: %.1f".formatted(m.batch(), m.samples(), m.medianNanos()))
            .toList());
  }

  @Test
  void takesTheMeanOfWhatRanBetweenTwoBodies() throws IOException {
    assertThat(read(Samples.STATISTICS))
        .containsExactly(
            new Measurement(
                new Subject("m", Phase.WHOLE, "", 1, 0),
                1,
                32,
                5200,
                OptionalDouble.empty(),
                10,
                new Source(folder.resolve(NAME).toString(), 2),
                Center.MEAN));
  }

  @Test
  void addsUpWhatRanBetweenSeveralBodies() throws IOException {
    String bodies =
        body("m", "1", batch(1, 5, 0, 500, 0))
            + body("m", "1", batch(1, 6, 0, 700, 0) + "," + batch(4, 2, 10, 80, 10))
            + body("m", "1", batch(1, 9, 0, 1300, 0) + "," + batch(4, 3, 15, 120, 15));
    assertThat(told(read(bodies))).isEqualTo("1x4: 200.0, 4x3: 50.0");
  }

  @Test
  void bodiesMayFollowEachOtherOnOneLine() throws IOException {
    assertThat(told(read(Samples.STATISTICS.replace("\n", "")))).isEqualTo("1x10: 5200.0");
  }

  @Test
  void aBatchSizeThatDidNotRunInBetweenIsLeftOut() throws IOException {
    String idle = batch(8, 7, 7, 7, 7);
    String bodies =
        body("m", "1", batch(1, 1, 1, 1, 1) + "," + idle)
            + body("m", "1", batch(1, 2, 2, 2, 2) + "," + idle);
    assertThat(told(read(bodies))).isEqualTo("1x1: 3.0");
  }

  @Test
  void aModelThatWasLoadedInBetweenCountsFromZero() throws IOException {
    assertThat(told(read("{\"model_stats\":[]}" + statistics(4, 0, 40, 0)))).isEqualTo("1x4: 10.0");
  }

  @Test
  void anIdleVersionBesideIsNoMatter() throws IOException {
    String idle = statistics(5, 0, 50, 0).replace("\"1\"", "\"2\"").strip();
    String before = both(statistics(5, 0, 50, 0), idle);
    assertThat(told(read(before + both(statistics(6, 0, 60, 0), idle)))).isEqualTo("1x1: 10.0");
    String moved = statistics(9, 0, 90, 0).replace("\"1\"", "\"2\"").strip();
    assertThat(refusal(before + both(statistics(6, 0, 60, 0), moved)))
        .startsWith(NAME + ":1: versions 1 and 2 of model 'm' were executed; allowed: one version");
  }

  /** A body with the models of two. */
  private static String both(String one, String other) {
    return one.strip()
            .replace("]}]}", "]},")
            .replace("\"memory_usage\":[]}]}", "\"memory_usage\":[]},")
        + other.substring("{\"model_stats\":[".length());
  }

  @Test
  void countersThatFellAreAServerThatWasStartedAgain() {
    assertThat(refusal(statistics(15, 1500, 69_000, 3000) + statistics(5, 500, 20_000, 1000)))
        .startsWith(
            NAME
                + ":2: the counter of model 'm', version '1', batch_size 1 fell: the server or the"
                + " model was started again; allowed: counters that grow from body to body; remedy:"
                + " take all bodies from one start of the server and the model");
  }

  @Test
  void timeThatFellUnderACountThatGrewIsFoundToo() {
    assertThat(refusal(statistics(5, 0, 500, 0) + statistics(6, 0, 100, 0)))
        .contains("batch_size 1 fell");
  }

  @Test
  void aBatchSizeThatIsGoneIsAServerThatWasStartedAgain() {
    assertThat(refusal(statistics(5, 0, 500, 0) + body("m", "1", batch(2, 9, 9, 9, 9))))
        .contains("batch_size 1 is gone");
  }

  @Test
  void aFallInTheMiddleIsFoundWhereTheLastBodyIsHigherAgain() {
    assertThat(refusal(statistics(5, 0, 50, 0) + statistics(1, 0, 10, 0) + statistics(9, 0, 90, 0)))
        .contains(NAME + ":2: ", "batch_size 1 fell");
  }

  @ParameterizedTest
  @CsvSource({"5,no model was executed between", "6,times above 0 of executions"})
  void bodiesBetweenWhichNothingIsToldAreRefused(long count, String what) {
    assertThat(refusal(statistics(5, 0, 50, 0) + body("m", "1", batch(1, count, 0, 50, 0))))
        .contains(what);
  }

  @Test
  void oneBodyIsNotEnough() {
    assertThat(refusal(statistics(5, 0, 50, 0)))
        .startsWith(NAME + ":1: one body, whose counters began at an unknown time; allowed: two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"model_stats\";\"models\";model_stats: it is missing; allowed: an array",
        "\"name\";\"nom\";model_stats[0].name: it is missing; allowed: a name",
        "\"name\":\"m\";\"name\":\" \";model_stats[0].name: found ' '; allowed: a name",
        "\"batch_stats\":[;\"batch_stats\":[5,;model_stats[0].batch_stats[0].batch_size: it is missing",
        "\"batch_size\":1;\"batch_size\":0;batch_stats[0].batch_size: found '0'; allowed: a whole number in [1,",
        "\"batch_size\":1;\"batch_size\":99999999999;batch_stats[0].batch_size: found '99999999999'",
        "\"compute_infer\":{\"count\":5;\"compute_infer\":{\"count\":6;compute_infer.count: found '6'; allowed: the count of compute_input",
        "\"ns\":20000;\"ns\":-1;batch_stats[0].compute_infer.ns: found '-1'; allowed: a whole number in [0,",
        "\"ns\":20000;\"ns\":1e3;batch_stats[0].compute_infer.ns: found '1000.0'; allowed: a whole number",
        "\"ns\":20000;\"ns\":\"20000\";batch_stats[0].compute_infer.ns: found '20000'; allowed: a whole",
        "\"ns\":20000;\"ns\":[];batch_stats[0].compute_infer.ns: found an array; allowed: a whole number",
        "\"ns\":20000;\"ns\":{};batch_stats[0].compute_infer.ns: found an object; allowed: a whole number",
        "\"ns\":20000;\"ns\":20000000000000000000;compute_infer.ns: found '20000000000000000000'",
        "\"memory_usage\";\"name\";broken JSON at column",
        "{\"model_stats\";model_stats;broken JSON at column 1;",
      })
  void aBodyOfAnotherShapeIsRefused(String from, String to, String what) {
    String first = statistics(5, 500, 20_000, 1000);
    assertThat(first).contains(from);
    int at = first.indexOf(from);
    String planted = first.substring(0, at) + to + first.substring(at + from.length());
    assertThat(refusal(planted + statistics(15, 1500, 69_000, 3000)))
        .startsWith(NAME + ":1: ")
        .contains(what);
  }

  @Test
  void aBatchSizeOrAModelTwiceInOneBodyIsRefused() {
    String twice = batch(1, 1, 1, 1, 1) + "," + batch(1, 2, 2, 2, 2);
    assertThat(refusal(body("m", "1", twice) + body("m", "1", twice)))
        .contains("batch_stats[1].batch_size: found '1'; allowed: each batch size of a model once");
    String one = statistics(5, 0, 50, 0);
    assertThat(refusal(both(one, one.strip()) + one))
        .contains("model_stats[1]: found an object; allowed: each version of a model once");
  }

  @Test
  void theErrorBodyOfAServerIsRefused() {
    assertThat(refusal("{\"error\":\"not ready\"}\n" + Samples.STATISTICS))
        .startsWith(NAME + ":1: model_stats: it is missing");
  }

  @Test
  void theNameMustSayTheLength() {
    assertThat(Samples.refusal(reader, Samples.write(folder, "s.json", Samples.STATISTICS)))
        .startsWith("s.json: neither the file nor its name says the length");
  }
}
