package io.waip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waip.cli.input.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case changes one piece of the full configuration and names line and words of the error. */
class ConfigErrorsTest {

  private static String errorOf(String yaml) {
    UserError error =
        catchThrowableOfType(UserError.class, () -> PlannerConfig.parse("waip.yaml", yaml));
    assertThat(error).as("the configuration is refused").isNotNull();
    assertThat(error.line().lines()).hasSize(1);
    return error.line();
  }

  private static String errorAfter(String old, String changed) {
    assertThat(FullConfig.YAML).contains(old);
    return errorOf(FullConfig.YAML.replace(old, changed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tier: interactive | tier: interactiv | 8 | did you mean 'interactive'?",
        "latency: 50ms | latency: 50 | 9 | not a duration with a unit; allowed: a duration above 0",
        "latency: 50ms | latency: 50 parsecs | 9 | not a duration with a unit",
        "latency: 50ms | latency: 0ms | 9 | too short",
        "latency: 50ms | latency: -50ms | 9 | not a duration with a unit",
        "latency: 50ms | latency: | 9 | has no value",
        "latency: 50ms | latency: [50ms] | 9 | is not a single value",
        "latency: 50ms | latnecy: 50ms | 9 | did you mean 'latency'?",
        "percentile: 99.9 | percentile: 100 | 10 | above 0 and below 100",
        "percentile: 99.9 | percentile: 99% | 10 | is not a number",
        "percentile: 99.9 | percentile: .nan | 10 | is not a number",
        "quality_floor: 0.985 | quality_floor: 1.5 | 11 | from 0 to 1",
        "ttft: 20ms | ttft: 60ms | 12 | is longer than latency",
        "tpot: 5ms | tpot: 1s | 13 | is longer than latency",
        "throughput: 200/s | throughput: 200 | 14 | a rate above 0, such as 200/s",
        "throughput: 200/s | throughput: 200/d | 14 | is not a rate",
        "throughput: 200/s | throughput: 0/s | 14 | out of range",
        "availability: 99.9% | availability: 0.999 | 15 | is not a percentage",
        "availability: 99.9% | availability: 101% | 15 | out of range",
        "axis: 1 | axis: -1 | 18 | an integer from 0 to 7",
        "axis: 1 | axis: one | 18 | is not an integer",
        "buckets: [16, 64] | buckets: [64, 16] | 22 | is not above the one before it",
        "buckets: [16, 64] | buckets: [0, 64] | 22 | is out of range",
        "buckets: [16, 64] | buckets: [16, 16] | 22 | is not above the one before it",
        "buckets: [16, 64] | buckets: [] | 22 | is empty",
        "buckets: [16, 64] | buckets: wide | 22 | is neither auto nor a list",
        "bit_equal: false | bit_equal: yes | 6 | is neither true nor false",
        "weight: 4 | weight: 0 | 46 | a number above 0",
        "weight: 4 | weight: 1e999 | 46 | is not a number",
        "rate: 200/s | rate: 200 | 47 | is not a rate with a unit",
        "money_per_day: 40 | money_per_day: -1 | 49 | at least 0",
        "url: grpc://10.0.0.7:8001 | url: 10.0.0.7:8001 | 81 | http, https or grpc",
        "url: grpc://10.0.0.7:8001 | url: grpc://10.0.0.7 | 81 | with host and port",
        "cost: alpha=4ms,beta=0.8ms | cost: alpha=4 | 29 | is no cost of a batch",
        "memory: 1.2GB | memory: 1.2 | 31 | is not a number of bytes with a unit",
        "memory: 1.2GB | memory: 0GB | 31 | out of range",
        "arrivals: gamma:cv=3 | arrivals: gamma | 37 | is no arrival process",
        "count: 8 | count: 0 | 60 | an integer from 1 to 4096",
        "speed: 0.5 | speed: 0 | 61 | a number from 0.001 to 1000",
        "from: 5 | from: 1 | 70 | does not ascend from 1",
        "notice: 2m | notice: 2h | 75 | is too long",
        "interruptions_per_hour: 0.05 | interruptions_per_hour: 0 | 74 | out of range",
        "devices_per_instance: 2 | devices_per_instance: 0 | 34 | an integer from 1 to 64",
        "mode: act | mode: acting | 3 | observe, advise, act",
        "apiVersion: waip.io/v1 | apiVersion: waip.io/v2 | 1 | is not supported; allowed: waip.io/v1",
        "kind: PlannerConfig | kind: Pod | 2 | allowed: PlannerConfig",
        "name: embed | name: two words | 5 | is not a name",
      })
  void refusesAValueOutOfRangeAndNamesItsLine(
      String old, String changed, int line, String expected) {
    assertThat(errorAfter(old, changed)).startsWith("waip.yaml:" + line + ": ").contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "period: 10s | period: 10ms | 84 | at least 1s",
        "hysteresis: 5% | hysteresis: 0.05 | 85 | is not a percentage",
        "seed: 7 | seed: x | 87 | a 64-bit integer",
        "tolerance: 20% | tolerance: 0.2 | 93 | is not a percentage",
        "canary: 10% | canary: 60% | 94 | a percentage from 5% to 50%, or 100% for none",
        "changes_per_hour: 6 | changes_per_hour: 0 | 92 | out of range",
        "state_file: waip.plan | state_file: no/such/waip.plan | 95 | is in no existing folder",
        "watts: 900 | watts: -1 | 90 | a number from 0 to 1e9",
      })
  void refusesAValueOfThePlannerAndNamesItsLine(
      String old, String changed, int line, String expected) {
    assertThat(errorAfter(old, changed)).startsWith("waip.yaml:" + line + ": ").contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "measure: cosine | measure: cos | 39 | cosine, argmax, absolute",
        "measure: cosine | measure: argmax | 41 | argmax has none",
        "threshold: 0.98 | threshold: 1.5 | 41 | from 0 to 1",
        "sample: 2% | sample: 0% | 42 | out of range",
        "risk: 0.05 | risk: 1 | 43 | above 0 and below 1",
      })
  void refusesAnAgreementThatCannotBeMeasured(
      String old, String changed, int line, String expected) {
    assertThat(errorAfter(old, changed)).startsWith("waip.yaml:" + line + ": ").contains(expected);
  }

  @Test
  void anAbsoluteDifferenceNeedsItsBound() {
    String yaml =
        FullConfig.YAML
            .replace("measure: cosine", "measure: absolute")
            .replace("      threshold: 0.98\n", "");
    assertThat(errorOf(yaml))
        .contains("agreement by absolute difference has no threshold")
        .contains("add the largest difference");
  }

  @Test
  void refusesAFloorThatNoVariantReaches() {
    assertThat(errorAfter("quality: 1.0", "quality: 0.98"))
        .startsWith("waip.yaml:11: quality_floor 0.985 is above the quality of every variant")
        .contains("allowed: at most 0.98");
  }

  @Test
  void refusesVariantsWithoutAReference() {
    assertThat(errorAfter("quality: 1.0", "quality: auto")).contains("no reference");
  }

  @Test
  void refusesAnInteractiveObjectiveWithoutABound() {
    String yaml = FullConfig.YAML.replace("latency: 50ms", "").replace("ttft: 20ms", "");

    assertThat(errorOf(yaml)).contains("neither latency nor ttft", "remedy: add latency");
  }

  @Test
  void acceptsAnOfflineObjectiveWithoutABound() {
    String yaml =
        FullConfig.YAML
            .replace("tier: interactive", "tier: offline")
            .replace("latency: 50ms", "")
            .replace("ttft: 20ms", "");

    assertThat(PlannerConfig.parse("waip.yaml", yaml).services()).hasSize(1);
  }

  @Test
  void refusesPaddingThatIsOnlyHalfDeclared() {
    assertThat(errorAfter("      mask: attention_mask\n", ""))
        .contains("padding without mask", "pad, mask and trim together");
  }

  @Test
  void refusesBucketsToPadToWhereNoPaddingIsDeclared() {
    String padding = "      pad: 0\n      mask: attention_mask\n      trim: [last_hidden_state]\n";
    assertThat(errorAfter(padding, ""))
        .startsWith("waip.yaml:19: buckets are lengths to pad to, but lengths declares no padding")
        .contains("remedy: add pad, mask and trim, or remove buckets");
    String auto = FullConfig.YAML.replace(padding, "").replace("[16, 64]", "auto");
    assertThat(PlannerConfig.parse("waip.yaml", auto).services()).hasSize(1);
  }

  @Test
  void refusesPaddingOfABitEqualService() {
    assertThat(errorAfter("bit_equal: false", "bit_equal: true"))
        .startsWith("waip.yaml:6: ")
        .contains("contradicts lengths.pad");
  }

  @ParameterizedTest
  @CsvSource({
    "name: free,name: gold,51,'tenants[1].name: gold'",
    "model: minilm_int8,model: minilm_fp32,32,'services[0].variants[1].model: minilm_fp32'",
  })
  void refusesANameGivenTwice(String old, String changed, int line, String shown) {
    assertThat(errorAfter(old, changed))
        .startsWith("waip.yaml:" + line + ": '" + shown + "' is given twice");
  }

  @Test
  void refusesAKeyGivenTwice() {
    assertThat(errorAfter("mode: act", "mode: act\nmode: observe")).contains("mode");
  }

  @Test
  void refusesAMissingKey() {
    assertThat(errorAfter("url: grpc://10.0.0.7:8001", "region: us")).contains("region");
    assertThat(errorAfter("      input: input_ids\n", ""))
        .contains("required key 'services[0].lengths.input' is missing");
  }

  @Test
  void refusesTwoSourcesOfEndpoints() {
    assertThat(errorAfter("endpoints:\n", "endpoints:\n  file: pods.yaml\n"))
        .contains("names 2 sources", "exactly one of list, file, kubernetes");
  }

  @Test
  void refusesAnUnknownSourceOfEndpoints() {
    int start = FullConfig.YAML.indexOf("endpoints:");
    int end = FullConfig.YAML.indexOf("planner:");
    String yaml =
        FullConfig.YAML.substring(0, start) + "endpoints: cloud\n" + FullConfig.YAML.substring(end);

    assertThat(errorOf(yaml)).contains("'endpoints: cloud' is unknown");
  }

  @Test
  void refusesTextThatIsNoYaml() {
    assertThat(errorOf("apiVersion: [")).startsWith("waip.yaml:").contains("no valid YAML");
    assertThat(errorOf("")).contains("the file is empty");
    assertThat(errorOf("just text")).contains("is not a mapping");
    assertThat(errorOf("a: 1\n---\nb: 2\n")).contains("no valid YAML");
    assertThat(errorOf("? [a]\n: 1\n")).contains("unknown key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "request.tenant == 'gld' | unknown tenant 'gld'; allowed: gold, free",
        "request.tenant in ['gold', 'fre'] | unknown tenant 'fre'",
        "request.service != 'embd' | unknown service 'embd'",
        "request.tier == 'batch' | unknown tier 'batch'",
        "request.colour == 'red' | unknown field request.colour",
        "(request.region == 'eu' | leaves a bracket open",
        "request.region == 'eu') | closes a bracket that was not opened",
        "request.region == 'eu | unreadable at column 19",
        "request.region = 'eu' | unreadable at column 16",
      })
  void refusesARuleThatCouldNeverApply(String when, String expected) {
    assertThat(errorAfter("\"request.region == 'eu'\"", "\"" + when + "\""))
        .startsWith("waip.yaml:56: ")
        .contains(expected);
  }

  @Test
  void acceptsARuleOverKnownNames() {
    String yaml =
        FullConfig.YAML.replace(
            "\"request.region == 'eu'\"",
            "\"!(request.tenant in ['gold', 'free']) && request.priority >= 3"
                + " || request.region == 'mars'\"");

    assertThat(PlannerConfig.parse("waip.yaml", yaml).governance()).hasSize(1);
  }
}
