package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.runtime.Cancellation;
import io.waip.triton.stock.StockInstallation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import picocli.CommandLine;

/**
 * Short runs of {@code waip bench front} on a stock server. Times are not judged here, on a machine
 * that also builds; accounts are.
 */
class FrontBenchIT {
  /** One of each kind. */
  private static final int FAULTS = 6;

  @TempDir private Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void install() {
    StockInstallation.require();
  }

  private JsonNode run(String... options) throws IOException {
    Path json = folder.resolve("front.json");
    CommandLine line = Main.commandLine(new Cancellation());
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] args = new String[options.length + 4];
    System.arraycopy(new String[] {"bench", "front", "--json", json.toString()}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    Main.execute(line, args);
    assertThat(json).as("figures of: %s%s", out, err).exists();
    return new ObjectMapper().readTree(json.toFile());
  }

  @Test
  void noFaultOfThePlannerLosesARequest() throws IOException {
    if (!Files.isDirectory(ProjectFiles.at("scheduler-plugin/cli/target/triton/waip"))) {
      throw new TestAbortedException("the backend folder is missing: package it with -Pdist");
    }

    JsonNode figures = run("--pairs=100", "--repetitions=" + FAULTS);

    assertThat(figures.get("faults")).hasSize(FAULTS);
    for (JsonNode fault : figures.get("faults")) {
      String name = fault.get("name").asText();
      assertThat(fault.get("runs").asInt()).as(name).isEqualTo(1);
      for (String count : new String[] {"lost", "errors", "wrong", "unrecovered", "ineffective"}) {
        assertThat(fault.get(count).asInt()).as(name + " " + count).isZero();
      }
      assertThat(fault.get("recovery_ms").asDouble()).as(name).isPositive();
    }
    JsonNode campaign = figures.get("campaign");
    assertThat(campaign.get("ok").asInt()).isEqualTo(campaign.get("sent").asInt()).isPositive();
    assertThat(figures.get("added_p50_ms_low").asDouble())
        .isLessThanOrEqualTo(figures.get("added_p50_ms").asDouble());
    assertThat(figures.get("cpu_us_per_request_front").asDouble()).isPositive();
    assertThat(figures.get("ring_hop")).hasSize(6);
    assertThat(figures.get("machine").get("jdk").asText()).startsWith("25");
  }

  @Test
  void withoutAFrontTheMeasurementAddsNothing() throws IOException {
    JsonNode figures = run("--null-test", "--pairs=200");

    // Two equal models differ by chance alone; a third of the bar is far more than that.
    assertThat(figures.get("added_p50_ms").asDouble()).isBetween(-0.1, 0.1);
    assertThat(figures.get("faults")).isEmpty();
  }
}
