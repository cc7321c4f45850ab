package io.waip.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.report.PageReader;
import io.waip.cli.runtime.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class ReplayReportTest {
  private static final List<String> POLICIES = List.of("waip", "fifo", "edf-prefix");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int replay(Object... args) {
    var commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> words = new ArrayList<>(List.of("replay"));
    for (Object arg : args) {
      words.add(arg.toString());
    }
    return Main.execute(commandLine, words.toArray(String[]::new));
  }

  private Path page() {
    return folder.resolve("report.html");
  }

  private String html(Object... args) throws IOException {
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--report", page(), "--json", folder.resolve("out.json")));
    assertThat(replay(all.toArray())).as(err.toString()).isZero();
    return Files.readString(page());
  }

  private PageReader read(Object... args) throws IOException {
    return PageReader.of(html(args));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out.json").toFile());
  }

  /** Writes 600 arrivals with gaps of 0 to 2 ms, of lengths 1 to 40, by tenants in turn. */
  private Path trace(String name, String... tenants) throws IOException {
    Random random = new Random(7);
    StringBuilder lines = new StringBuilder("arrival_ms,length,tenant,tier\n");
    double now = 0;
    for (int i = 0; i < 600; i++) {
      now += 2 * random.nextDouble();
      lines.append(now).append(',').append(1 + random.nextInt(40));
      lines.append(',').append(tenants[i % tenants.length]);
      lines.append(i % 10 == 9 ? ",offline\n" : ",interactive\n");
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  private PageReader readOfLengths() throws IOException {
    return read(
        "--trace",
        trace("t.csv", "gold", "free", "free"),
        "--load",
        "1.3",
        "--cost",
        "alpha=4ms,beta=0.5ms,gamma=0.02ms",
        "--workers",
        "2",
        "--report-loads",
        "0.8,1.3");
  }

  private static String rounded(JsonNode value) {
    return String.format(Locale.ROOT, "%.1f", value.asDouble());
  }

  private static String percent(JsonNode share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share.asDouble());
  }

  private static double number(@Nullable String cell) {
    return Double.parseDouble(requireNonNull(cell).replace(" %", ""));
  }

  @Test
  void theTableOfPoliciesHoldsTheFiguresOfTheJson() throws IOException {
    List<Map<String, String>> rows = readOfLengths().table("Policies");
    JsonNode figures = json();
    double found = figures.get("clairvoyant_rps").asDouble();
    assertThat(rows).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode policy = figures.get("policies").get(i);
      double goodput = policy.get("goodput_rps").asDouble();
      assertThat(rows.get(i))
          .containsEntry("policy", POLICIES.get(i))
          .containsEntry("goodput, 1/s", rounded(policy.get("goodput_rps")))
          .containsEntry("of limit", percent(policy.get("goodput_over_limit")))
          .containsEntry(
              "of best found", String.format(Locale.ROOT, "%.1f %%", 100 * goodput / found))
          .containsEntry("attained", percent(policy.get("attainment")))
          .containsEntry("p50, ms", rounded(policy.get("p50_ms")))
          .containsEntry("p99, ms", rounded(policy.get("p99_ms")))
          .containsEntry("mean batch", rounded(policy.get("mean_batch")))
          .containsEntry("batches", policy.get("batches").asText())
          .containsEntry("late", policy.get("late").asText())
          .containsEntry(
              "refused or dropped",
              String.valueOf(policy.get("rejected").asInt() + policy.get("evicted").asInt()));
    }
  }

  @Test
  void theCurvesPassThroughTheFiguresOfTheJson() throws IOException {
    List<Map<String, String>> rows = readOfLengths().table("Goodput over load");
    JsonNode figures = json();
    assertThat(rows.stream().map(row -> row.get("load"))).containsExactly("0.800", "1.300");
    Map<String, String> own = rows.get(1);
    assertThat(own)
        .containsEntry("offered, 1/s", rounded(figures.get("offered_rps")))
        .containsEntry("limit, 1/s", rounded(figures.get("limit_rps")))
        .containsEntry("best found, 1/s", rounded(figures.get("clairvoyant_rps")));
    figures
        .get("policies")
        .forEach(policy ->
            assertThat(own)
                .containsEntry(
                    policy.get("policy").asText() + ", 1/s", rounded(policy.get("goodput_rps"))));
  }

  @Test
  void theOtherPointsOfTheCurvesAreThoseOfARunAtThatLoad() throws IOException {
    Path trace = trace("t.csv", "gold", "free");
    Map<String, String> other =
        read("--trace", trace, "--load", "1.3", "--report-loads", "0.8")
            .table("Goodput over load")
            .getFirst();
    html("--trace", trace, "--load", "0.8", "--report-loads", "0.8");
    assertThat(other)
        .containsEntry("limit, 1/s", rounded(json().get("limit_rps")))
        .containsEntry("waip, 1/s", rounded(json().at("/policies/0/goodput_rps")))
        .containsEntry("fifo, 1/s", rounded(json().at("/policies/1/goodput_rps")));
  }

  @Test
  void groupsAreServedAsTheJsonSays() throws IOException {
    PageReader page = readOfLengths();
    JsonNode figures = json();
    for (JsonNode policy : figures.get("policies")) {
      String name = policy.get("policy").asText();
      for (Map<String, String> row : page.table("Attainment by tenant")) {
        assertThat(number(row.get(name)))
            .isEqualTo(
                100 * policy.get("attainment_by_tenant").get(row.get("tenant")).asDouble(),
                within(0.01));
      }
      for (Map<String, String> row : page.table("Attainment by tier")) {
        assertThat(number(row.get(name)))
            .isEqualTo(
                100 * policy.get("attainment_by_tier").get(row.get("tier")).asDouble(),
                within(0.01));
      }
      List<Map<String, String>> fifths = page.table("Attainment by length");
      assertThat(fifths).hasSize(5);
      for (int fifth = 0; fifth < 5; fifth++) {
        assertThat(number(fifths.get(fifth).get(name)))
            .isEqualTo(
                100 * policy.get("attainment_by_length_fifth").get(fifth).asDouble(), within(0.01));
      }
    }
  }

  @Test
  void thePartsOfTheLossAddUpToTheLimitLessTheGoodput() throws IOException {
    List<Map<String, String>> rows = readOfLengths().table("Limit less goodput");
    JsonNode policies = json().get("policies");
    for (int i = 0; i < 3; i++) {
      Map<String, String> row = rows.get(i);
      JsonNode loss = policies.get(i).get("loss");
      assertThat(row)
          .containsEntry("padding, 1/s", rounded(loss.get("padding_rps")))
          .containsEntry("late in their batch, 1/s", rounded(loss.get("late_in_batch_rps")))
          .containsEntry("expired in the queue, 1/s", rounded(loss.get("expired_in_queue_rps")));
      double parts =
          row.entrySet().stream()
              .filter(
                  cell -> !List.of("policy", "goodput, 1/s", "limit, 1/s").contains(cell.getKey()))
              .mapToDouble(cell -> number(cell.getValue()))
              .sum();
      assertThat(parts)
          .isEqualTo(number(row.get("limit, 1/s")) - number(row.get("goodput, 1/s")), within(0.4));
    }
  }

  @Test
  void theLatenciesAreSharesOfAllOfferedRequests() throws IOException {
    List<Map<String, String>> rows =
        read("--requests", "600", "--load", "1.5", "--report-loads", "1.5")
            .table("Percentiles of the answers, and shares of all offered requests");
    JsonNode policies = json().get("policies");
    for (int i = 0; i < 3; i++) {
      JsonNode policy = policies.get(i);
      int gone = policy.get("rejected").asInt() + policy.get("evicted").asInt();
      assertThat(rows.get(i))
          .containsEntry("within 50ms", percent(policy.get("attainment")))
          .containsEntry("p99, ms", rounded(policy.get("p99_ms")))
          .containsEntry("never answered", String.format(Locale.ROOT, "%.1f %%", gone / 6.0));
    }
  }

  @Test
  void everyStepOfAQueueAddsUpToAll() throws IOException {
    PageReader page = readOfLengths();
    for (String policy : POLICIES) {
      List<Map<String, String>> rows = page.table("Queue of " + policy);
      assertThat(rows).hasSize(48);
      for (Map<String, String> row : rows) {
        double all =
            row.entrySet().stream()
                .filter(cell -> !cell.getKey().equals("from, s") && !cell.getValue().isEmpty())
                .mapToDouble(cell -> number(cell.getValue()))
                .sum();
        assertThat(all).isEqualTo(100, within(0.6));
      }
      assertThat(page.table("Batch sizes of " + policy)).hasSize(48);
    }
  }

  @Test
  void everyChartHasATitleAndItsFiguresAsATable() throws IOException {
    int charts = 0;
    for (Element figure : readOfLengths().elements("figure")) {
      String title = figure.getElementsByTagName("h3").item(0).getTextContent();
      assertThat(figure.getElementsByTagName("details").getLength()).as(title).isEqualTo(1);
      assertThat(figure.getElementsByTagName("td").getLength()).as(title).isPositive();
      assertThat(figure.getElementsByTagName("svg").getLength()).as(title).isPositive();
      charts++;
    }
    assertThat(charts)
        .as("2 of loads, latency, loss, 3 of groups, 2 for each policy")
        .isEqualTo(13);
  }

  @Test
  void aPolicyHasOneColourInEveryChart() throws IOException {
    Map<String, String> colours = new HashMap<>();
    int seen = 0;
    for (Element span : readOfLengths().elements("span")) {
      if (POLICIES.contains(span.getTextContent())) {
        Key key = new Key(span);
        assertThat(colours.computeIfAbsent(span.getTextContent(), name -> key.colour()))
            .isEqualTo(key.colour());
        seen++;
      }
    }
    assertThat(seen).isEqualTo(3 * 6);
    assertThat(colours.values()).doesNotHaveDuplicates().hasSize(3);
  }

  /** The key of an entry of a legend. */
  private record Key(Element span) {
    String colour() {
      Element key =
          (Element)
              (span.getElementsByTagName("i").getLength() > 0
                  ? span.getElementsByTagName("i").item(0)
                  : span.getElementsByTagName("polyline").item(0));
      return key.getAttribute("class").replaceAll("[^0-9]", "");
    }
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws IOException {
    assertThat(html("--requests", "60", "--report-loads", "1"))
        .contains("default-src 'none'")
        .doesNotContain(
            "http:", "https:", "//", "<script", "<link", "<img", "src=", "href=", "@import",
            "url(");
  }

  @Test
  void namesFromTheTraceStayText() throws IOException {
    String planted = "<script>alert(1)</script>";
    PageReader page =
        read("--trace", trace("a<b&c.csv", planted, "\"'&"), "--load", "1", "--report-loads", "1");
    assertThat(page.elements("script")).isEmpty();
    assertThat(page.texts("h1")).containsExactly("WAIP replay: a<b&c.csv");
    assertThat(page.table("Attainment by tenant").stream().map(row -> row.get("tenant")))
        .containsExactly(planted, "\"'&");
  }

  @Test
  void oneLoadIsADot() throws IOException {
    PageReader page = read("--requests", "60", "--load", "1", "--report-loads", "1");
    assertThat(page.table("Goodput over load")).hasSize(1);
    Element figure = page.figure("Goodput over load");
    assertThat(figure.getElementsByTagName("circle").getLength())
        .as("limit, best schedule and three policies")
        .isEqualTo(5);
  }

  @Test
  void theSweepGoesAroundTheCapacityByDefault() throws IOException {
    PageReader page = read("--requests", "60", "--load", "2");
    assertThat(page.table("Goodput over load").stream().map(row -> row.get("load")))
        .startsWith("0.500", "0.600")
        .endsWith("1.500", "2.000")
        .hasSize(12);
    assertThat(err.toString()).contains("report", "12 loads");
    assertThat(out.toString()).contains("report: " + page());
  }

  @Test
  void whereNothingIsAnsweredThereIsNoLatency() throws IOException {
    // Under this noise the planner expects three times 4.8 ms of each request.
    PageReader page =
        read("--requests", "60", "--slo", "4800us", "--noise", "1", "--policy", "waip");
    assertThat(json().at("/policies/0/completed").asInt()).isZero();
    assertThat(page.table("Policies").getFirst())
        .containsEntry("goodput, 1/s", "0.0")
        .containsEntry("p50, ms", "–")
        .containsEntry("mean batch", "–");
    assertThat(
            page.table("Percentiles of the answers, and shares of all offered requests").getFirst())
        .containsEntry("never answered", "100.0 %");
    assertThat(html("--requests", "60", "--slo", "4800us", "--noise", "1")).doesNotContain("NaN");
  }

  @Test
  void groupsOfOneAreSaidInWords() throws IOException {
    PageReader page = read("--requests", "60", "--report-loads", "1");
    assertThat(page.figure("Attainment by length").getTextContent()).contains("equally long");
    assertThat(page.figure("Attainment by tenant").getTextContent())
        .contains("of one tenant, default");
    assertThat(page.figure("Attainment by tier").getTextContent()).contains("interactive");
  }

  @Test
  void manyTenantsAreShownTogether() throws IOException {
    String[] tenants = IntStream.range(0, 12).mapToObj(i -> "tenant" + i).toArray(String[]::new);
    PageReader page =
        read("--trace", trace("t.csv", tenants), "--load", "1", "--report-loads", "1");
    assertThat(page.table("Attainment by tenant").stream().map(row -> row.get("tenant")))
        .hasSize(11)
        .startsWith("tenant0", "tenant1")
        .endsWith("2 others");
  }

  @Test
  void withoutASearchThereIsTheLimitAlone() throws IOException {
    PageReader page = read("--requests", "20001", "--policy", "fifo", "--report-loads", "1");
    assertThat(page.texts("span"))
        .anyMatch(text -> text.contains("not searched with events or above 20000"));
    assertThat(page.table("Goodput over load").getFirst()).containsEntry("best found, 1/s", "–");
    assertThat(page.table("Policies").getFirst()).containsEntry("of best found", "–");
  }

  @Test
  void severalServicesHaveAChartOfTheirOwn() throws IOException {
    PageReader page =
        read(
            "--requests",
            "600",
            "--services",
            "embed,rerank:slo=100ms",
            "--devices",
            "fast:speed=2,slow",
            "--report-loads",
            "1");
    assertThat(page.table("Attainment by service")).hasSize(2);
    assertThat(page.texts("p")).anyMatch(text -> text.contains("1 worker of speed 2.0, 1 worker"));
  }

  @Test
  void sameCallGivesTheSamePage() throws IOException {
    Object[] call = {"--requests", "200", "--noise", "0.1", "--report-loads", "0.7,1.2"};
    assertThat(html(call)).isEqualTo(html(call));
  }

  @Test
  void aReportChangesNoDecision() throws IOException {
    Path plain = folder.resolve("plain.json");
    assertThat(replay("--requests", "200", "--load", "1.4", "--json", plain)).isZero();
    html("--requests", "200", "--load", "1.4", "--report-loads", "1");
    assertThat(json().get("policies"))
        .isEqualTo(new ObjectMapper().readTree(plain.toFile()).get("policies"));
  }

  @Test
  void thePageNamesTheCallAndWhatWasReplayed() throws IOException {
    PageReader page =
        read("--requests", "60", "--arrivals", "gamma:cv=4", "--seed", "5", "--report-loads", "1");
    assertThat(page.texts("h1")).containsExactly("WAIP replay: generated arrivals, gamma:cv=4");
    assertThat(page.texts("dd"))
        .contains("waip replay --requests 60 --arrivals gamma:cv=4 --seed 5 --report-loads 1");
    assertThat(page.texts("p").getFirst())
        .contains("60 requests", "SLO 50ms", "1 worker,", "takes 4ms and 800us", "seed 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--report-loads 1; given without --report; add --report",
        "--report r.html --report-loads 0; '0' is not a load; from 0.001 to 1000",
        "--report r.html --report-loads 1,,2; '' is not a load; separated by commas",
        "--report r.html --report-loads NaN; 'NaN' is not a load; such as",
        "--report r.html --report-loads 1,1.0; '1.0' is named twice; each once",
        "--report r.html --report-loads 1001; '1001' is not a load; from 0.001 to 1000",
      })
  void aWrongCallIsOneLineWithPlaceAndRemedy(String args, String what, String more) {
    assertThat(replay((Object[]) args.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains("--report-loads: ", what, more).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void moreLoadsThanFiftyAreRefused() {
    String loads = String.join(",", IntStream.rangeClosed(1, 51).mapToObj(i -> "" + i).toList());
    assertThat(replay("--report", page(), "--report-loads", loads)).isEqualTo(2);
    assertThat(err.toString()).contains("51 loads");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no/report.html", ""})
  void aPlaceThatCannotBeWrittenIsFoundFirst(String place) {
    assertThat(replay("--report", folder.resolve(place))).isEqualTo(1);
    assertThat(err.toString()).contains("--report", "existing, writable folder").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }
}
