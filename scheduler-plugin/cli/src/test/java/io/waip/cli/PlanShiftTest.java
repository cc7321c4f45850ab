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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** All figures are made up. */
class PlanShiftTest {
  private static final String FLEET =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      services:
        - name: embed
          objective: { latency: 50ms }
          expected: { rate: 500/s }
          variants:
            - { model: fp32, quality: 1.0, cost: 'alpha=4ms,beta=0.8ms', memory: 1.2GB }
      devices:
        - { name: l4, count: 4, idle_watts: 22, region: eu }
      planner: { limits: { watts: 250 } }
      """;
  private static final String JOBS =
      """
      id,release,deadline,device_seconds,interruptible,devices,on,watts
      index,2026-03-01T00:00:00Z,2026-03-01T04:00:00Z,7200,true,2,l4,50
      """;
  private static final String FORECAST =
      """
      start,region,grams_per_kwh,money_per_kwh
      2026-03-01T00:00:00Z,eu,300,0.30
      2026-03-01T01:00:00Z,eu,100,0.40
      2026-03-01T02:00:00Z,eu,300,0.10
      2026-03-01T03:00:00+00:00,eu,200,0.20
      """;
  private static final String BUSY =
      """
      start,device,devices
      2026-03-01T00:00:00Z,l4,1
      2026-03-01T02:00:00Z,l4,2.5
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int plan(String jobs, String forecast, String... more) throws IOException {
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> words =
        new ArrayList<>(
            List.of(
                "plan",
                "--config",
                file("fleet.yaml", FLEET),
                "--shift",
                file("jobs.csv", jobs),
                "--forecast",
                file("forecast.csv", forecast)));
    words.addAll(List.of(more));
    return commandLine.execute(words.toArray(new String[0]));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("shift.json").toFile());
  }

  private String[] busyAndJson(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("--busy", file("busy.csv", BUSY), "--json", folder.resolve("shift.json") + ""));
    words.addAll(List.of(more));
    return words.toArray(new String[0]);
  }

  @Test
  void worksInTheCheapestHoursUnderTheCapBesideDoingAllAtOnce() throws IOException {
    assertThat(plan(JOBS, FORECAST, busyAndJson())).as(err.toString()).isZero();

    // Base at 02: 1.5 idle of 22 W and 2.5 busy of 72 W are 213 W; 37 W of 50 are 0.74 devices.
    JsonNode json = json();
    assertThat(json.get("work")).hasSize(2);
    assertThat(json.at("/work/1/start").asText()).isEqualTo("2026-03-01T02:00:00Z");
    assertThat(json.at("/work/1/devices").asDouble()).isCloseTo(0.74, within(1e-6));
    assertThat(json.at("/slots/2/watts").asDouble()).isCloseTo(250, within(1e-3));
    // 0.05 kW: 0.74 h at 0.10, 0.74 h at 0.20, and 0.52 h in hour 0 at 0.30.
    assertThat(json.at("/shifted/money").asDouble()).isCloseTo(0.0189, within(1e-6));
    assertThat(json.at("/at_once/money").asDouble()).isCloseTo(0.03, within(1e-6));
    assertThat(json.get("undone")).isEmpty();
    assertThat(out.toString()).contains("saves     37.0 % of money");
  }

  @Test
  void savesCarbonWhereThatIsAskedFor() throws IOException {
    assertThat(plan(JOBS, FORECAST, busyAndJson("--save", "carbon"))).isZero();

    assertThat(json().get("work")).hasSize(1);
    assertThat(json().at("/work/0/start").asText()).isEqualTo("2026-03-01T01:00:00Z");
    assertThat(json().at("/shifted/grams").asDouble()).isCloseTo(10, within(1e-4));
  }

  @Test
  void takesTheNeedOfInteractiveWorkFromThePlanWhereNoFileSaysIt() throws IOException {
    assertThat(plan(JOBS, FORECAST, "--requests", "2000", "--json", folder + "/shift.json"))
        .as(err.toString())
        .isZero();

    assertThat(json().at("/slots/0/spare_devices").asDouble()).isBetween(1.0, 3.0);
  }

  @Test
  void saysWhichJobCannotBeDoneAndEndsWithOne() throws IOException {
    String jobs = JOBS.replace("7200", "72000");

    assertThat(plan(jobs, FORECAST, busyAndJson())).isEqualTo(1);

    assertThat(json().at("/undone/0/job").asText()).isEqualTo("index");
    assertThat(json().at("/undone/0/fits_device_seconds").asDouble()).isGreaterThan(7200);
    assertThat(out.toString()).contains("undone    index: ");
  }

  @Test
  void workGoesOnAsIfNowWhereTheForecastIsEmpty() throws IOException {
    String empty = FORECAST.replaceAll(",eu,.*", ",eu,,");

    assertThat(plan(JOBS, empty, busyAndJson())).isZero();

    assertThat(json().at("/work/0/start").asText()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(json().at("/shifted/grams").isNull()).isTrue();
    assertThat(out.toString()).contains("unknown   grams per kWh of l4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7200 | many | jobs.csv:2: column 'device_seconds': found 'many'",
        "true,2 | maybe,2 | jobs.csv:2: column 'interruptible': found 'maybe'; allowed: true or false",
        "04:00:00Z | 04:00:00 | jobs.csv:2: column 'deadline': found '2026-03-01T04:00:00'; allowed: a time",
        "2026-03-01T04 | 2026-02-01T04 | jobs.csv:2: column 'deadline'",
        "l4,50 | a100,50 | jobs.csv:2: column 'on': found 'a100'; allowed: devices of the configuration",
        "device_seconds | device_second | jobs.csv:1: column 'device_second' is unknown",
        "l4,50 | l4,50,9 | jobs.csv:2: 9 fields; allowed: 8, as in the header",
      })
  void aMistakeInTheJobsNamesItsLine(String is, String becomes, String message) throws IOException {
    assertThat(plan(JOBS.replace(is, becomes), FORECAST, busyAndJson())).isNotZero();

    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "T02 | T05 | forecast.csv:4: column 'start': found '2026-03-01T05:00:00Z'; allowed: 2026-03-01T02:00:00Z",
        "0.10 | -1 | forecast.csv:4: column 'money_per_kwh': found '-1'; allowed: a number from 0.0",
        ",eu, | ,us, | no device is in region 'us'",
        "start,region | start,start | forecast.csv:1: column 'start' is given twice",
      })
  void aMistakeInTheForecastNamesItsLine(String is, String becomes, String message)
      throws IOException {
    assertThat(plan(JOBS, FORECAST.replace(is, becomes), busyAndJson())).isNotZero();

    assertThat(err.toString()).contains(message);
  }

  @Test
  void optionsThatContradictAreUsage() throws IOException {
    assertThat(plan(JOBS, FORECAST, "--capacity")).isEqualTo(2);
    assertThat(err.toString()).contains("--shift: given together with --capacity or --diff");
    assertThat(plan(JOBS, FORECAST, "--save", "time")).isEqualTo(2);
    assertThat(err.toString()).contains("--save: 'time' is unknown; allowed: money, carbon");
  }
}
