package io.waip.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.Tier;
import io.waip.cli.demo.load.Loads;
import io.waip.cli.demo.load.TextLoad;
import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.DurationConverter;
import io.waip.cli.runtime.JsonOutput;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

class DemoCommandTest {
  @TempDir private Path folder = Path.of("");

  @CommandLine.Command
  private static final class Options {
    @Mixin private final DemoOptions demo = new DemoOptions();
    @Mixin private final JsonOutput json = new JsonOutput();
  }

  private static Options parse(String... args) {
    Options options = new Options();
    new CommandLine(options)
        .registerConverter(Duration.class, new DurationConverter())
        .parseArgs(args);
    return options;
  }

  @Test
  void withoutOptionsTheRunIsThatOfTheDocumentation() {
    DemoOptions options = parse().demo;
    assertThat(options.window()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.load()).isEqualTo(1.3);
    assertThat(options.slo()).isEqualTo(Duration.ofMillis(100));
    assertThat(options.trace()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "--seconds, abc, 2 to 3600",
    "--seconds, 1, 2 to 3600",
    "--seconds, 2.5, 2 to 3600",
    "--load, -1, above 0 and up to 10",
    "--load, 0, above 0 and up to 10",
    "--load, NaN, above 0 and up to 10",
    "--load, 11, above 0 and up to 10",
    "--slo, 100, with a unit"
  })
  void aWrongValueNamesTheOptionTheValueAndWhatIsAllowed(
      String option, String value, String allowed) {
    assertThatThrownBy(() -> parse(option, value))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining(option)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(allowed);
  }

  @Test
  void aMissingTraceIsOneLine() {
    assertThatThrownBy(() -> ArrivalTrace.read(folder.resolve("none.csv")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--trace")
        .hasMessageContaining("no such file");
  }

  @Test
  void aTraceGivesItsArrivalsOnly() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "arrival_ms,length\n5,900\n7,3\n10,4\n");
    assertThat(ArrivalTrace.read(file)).containsExactly(0, 2_000_000, 5_000_000);
  }

  @Test
  void anUnwritablePlaceIsFoundBeforeTheRun() {
    DemoCommand command = new DemoCommand(new Cancellation());
    CommandLine line =
        new CommandLine(command)
            .registerConverter(Duration.class, new DurationConverter())
            .setExecutionExceptionHandler((failure, c, result) -> {
              assertThat(failure).isInstanceOf(UserError.class).hasMessageContaining("--report");
              return 1;
            });
    assertThat(line.execute("--report", folder.resolve("no/where.html").toString())).isEqualTo(1);
  }

  @Test
  void theArrivalsLieBesideTheFiguresAndCanBeReplayed() {
    Path figures = folder.resolve("out.json");
    ReportFiles files =
        new ReportFiles(folder.resolve("r.html"), parse("--json", figures.toString()).json);
    TextLoad load = Loads.even(0.5, 1000, 40);
    assertThat(files.writeArrivals(load)).isEqualTo("out.arrivals.csv");
    Trace trace = TraceReader.read(folder.resolve("out.arrivals.csv"));
    assertThat(trace.size()).isEqualTo(40);
    for (int i = 0; i < 40; i++) {
      assertThat(trace.length(i)).isEqualTo(load.length(i));
      assertThat(trace.tier(i)).isEqualTo(load.tier(i));
      assertThat(trace.arrivalNanos()[i]).isEqualTo(load.arrivalNanos(i));
    }
    assertThat(trace.tier(0)).isIn(Tier.INTERACTIVE, Tier.OFFLINE);
  }

  @Test
  void withoutFiguresThereAreNoArrivals() throws IOException {
    ReportFiles files = new ReportFiles(folder.resolve("r.html"), parse().json);
    assertThat(files.writeArrivals(Loads.even(0.5, 1000, 4))).isEmpty();
    try (var found = Files.list(folder)) {
      assertThat(found).isEmpty();
    }
  }
}
