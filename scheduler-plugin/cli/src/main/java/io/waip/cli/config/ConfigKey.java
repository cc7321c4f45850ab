package io.waip.cli.config;

import io.waip.api.Durations;
import io.waip.api.agreement.AgreementRule;
import io.waip.onnxruntime.agreement.CosineAgreement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Every key of the configuration: where it stands, what it holds, its default and its allowed
 * values. The reader refuses any other key, and a test holds {@code docs/configuration.md} to this
 * list.
 */
enum ConfigKey {
  ROOT("", "mapping", "required", "a mapping that begins with apiVersion: waip.io/v1"),
  API_VERSION("apiVersion", "text", "required", "waip.io/v1"),
  KIND("kind", "text", "required", "PlannerConfig"),
  MODE("mode", "choice", name(PlannerSettings.DEFAULT_MODE), "observe, advise or act"),

  SERVICES("services", "list", "required", "at least one service, names distinct"),
  SERVICE("services[]", "mapping", "required", "a mapping with name, objective and variants"),
  SERVICE_NAME("services[].name", "name", "required", Text.NAME),
  SERVICE_BIT_EQUAL(
      "services[].bit_equal",
      "flag",
      String.valueOf(ServiceSettings.DEFAULT_BIT_EQUAL),
      "true or false; true forbids lengths.pad"),
  OBJECTIVE("services[].objective", "mapping", "required", "a mapping such as { latency: 50ms }"),
  TIER(
      "services[].objective.tier",
      "choice",
      name(ObjectiveSettings.DEFAULT_TIER),
      "interactive, nearline or offline; interactive needs latency or ttft"),
  LATENCY("services[].objective.latency", "duration", "none", Text.DURATION),
  PERCENTILE(
      "services[].objective.percentile",
      "percent, without sign",
      number(LatencyBounds.DEFAULT_PERCENTILE),
      "a number above 0 and below 100"),
  QUALITY_FLOOR(
      "services[].objective.quality_floor",
      "quality",
      number(ObjectiveSettings.DEFAULT_QUALITY_FLOOR),
      "a number from 0 to 1, at most the best variant's quality"),
  TTFT("services[].objective.ttft", "duration", "none", Text.DURATION + ", at most latency"),
  TPOT("services[].objective.tpot", "duration", "none", Text.DURATION + ", at most latency"),
  THROUGHPUT("services[].objective.throughput", "rate", "none", Text.RATE),
  AVAILABILITY(
      "services[].objective.availability", "share", "none", "a percentage above 0% up to 100%"),

  LENGTHS("services[].lengths", "mapping", "none", "a mapping with input and axis"),
  LENGTHS_INPUT("services[].lengths.input", "name", "required", "the name of an input tensor"),
  LENGTHS_AXIS(
      "services[].lengths.axis",
      "axis number",
      String.valueOf(LengthSettings.DEFAULT_AXIS),
      "an integer from 0 to 7"),
  LENGTHS_PAD(
      "services[].lengths.pad", "input value", "none", "an integer; needs mask and trim beside it"),
  LENGTHS_MASK(
      "services[].lengths.mask",
      "name",
      "none",
      "the name of an input tensor; needs pad and trim beside it"),
  LENGTHS_TRIM(
      "services[].lengths.trim",
      "list of names",
      "none",
      "output tensors with a length axis, [] when there are none; needs pad and mask beside it"),
  LENGTHS_BUCKETS(
      "services[].lengths.buckets",
      "list of lengths",
      "auto",
      "auto, or a list of ascending lengths of at least 1; a list needs pad, mask and trim beside"
          + " it"),

  VARIANTS("services[].variants", "list", "required", "at least one variant, models distinct"),
  VARIANT("services[].variants[]", "mapping", "required", "a mapping with model and quality"),
  VARIANT_MODEL("services[].variants[].model", "name", "required", Text.NAME),
  VARIANT_QUALITY(
      "services[].variants[].quality",
      "quality",
      "auto",
      "a number from 0 to 1, or auto (measured); at least one variant needs a number"),
  VARIANT_COST_MODEL("services[].variants[].cost_model", "path", "none", Text.MODEL_FILE),
  VARIANT_COST_SUBJECT(
      "services[].variants[].cost_subject",
      "name",
      "the variant's model",
      "NAME or NAME@DEVICE of one subject in the file; needs cost_model or shadow_model beside it"),
  VARIANT_SHADOW_MODEL("services[].variants[].shadow_model", "path", "none", Text.MODEL_FILE),

  VARIANT_COST(
      "services[].variants[].cost",
      "durations",
      "none",
      "text such as 'alpha=4ms,beta=0.8ms,gamma=20us', beta or gamma left out where it is 0"),
  VARIANT_MAX_BATCH(
      "services[].variants[].max_batch",
      "requests",
      String.valueOf(ExecutionSettings.DEFAULT_MAX_BATCH),
      "an integer from 1 to 1024"),
  VARIANT_MEMORY("services[].variants[].memory", "bytes", "none", Text.BYTES),
  VARIANT_DEVICES(
      "services[].variants[].devices_per_instance",
      "devices",
      String.valueOf(ExecutionSettings.DEFAULT_DEVICES_PER_INSTANCE),
      "an integer from 1 to 64"),

  EXPECTED("services[].expected", "mapping", "none", "a mapping such as { rate: 200/s }"),
  EXPECTED_RATE("services[].expected.rate", "rate", "required", Text.RATE),
  EXPECTED_ARRIVALS(
      "services[].expected.arrivals",
      "process",
      ExpectedLoad.DEFAULT_ARRIVALS,
      "text such as poisson, 'gamma:cv=13' or 'diurnal:period=60s,peak=3'"),

  AGREEMENT("services[].agreement", "mapping", "none", "a mapping with measure and output"),
  AGREEMENT_MEASURE(
      "services[].agreement.measure", "choice", "required", "cosine, argmax or absolute"),
  AGREEMENT_OUTPUT("services[].agreement.output", "name", "required", Text.NAME),
  AGREEMENT_THRESHOLD(
      "services[].agreement.threshold",
      "cosine, or unit of the output",
      number(CosineAgreement.DEFAULT_LEAST),
      "a number from 0 to 1 with cosine, from 0 with absolute, which needs it; none with argmax"),
  AGREEMENT_SAMPLE(
      "services[].agreement.sample",
      "share",
      percent(AgreementRule.DEFAULT_SAMPLE),
      "a percentage above 0% up to 100%"),
  AGREEMENT_RISK(
      "services[].agreement.risk",
      "chance",
      number(AgreementRule.DEFAULT_RISK),
      "a number above 0 and below 1"),

  TENANTS("tenants", "list", "one tenant, default", "at least one tenant, names distinct"),
  TENANT("tenants[]", "mapping", "required", "a mapping with name"),
  TENANT_NAME("tenants[].name", "name", "required", Text.NAME),
  TENANT_WEIGHT(
      "tenants[].weight",
      "relative share",
      number(TenantSettings.DEFAULT_WEIGHT),
      "a number above 0"),
  TENANT_RATE("tenants[].rate", "rate", "none", Text.RATE),
  TENANT_BUDGET("tenants[].budget", "mapping", "none", "a mapping with money_per_day"),
  TENANT_MONEY(
      "tenants[].budget.money_per_day",
      "money per day, in the currency of the prices",
      "required",
      "a number of at least 0"),
  TENANT_SHED_FIRST(
      "tenants[].shed_first",
      "flag",
      String.valueOf(TenantSettings.DEFAULT_SHED_FIRST),
      "true or false"),

  GOVERNANCE("governance", "list", "none", "a list of rules, names distinct"),
  RULE("governance[]", "mapping", "required", "a mapping with name and require"),
  RULE_NAME("governance[].name", "name", "required", Text.NAME),
  RULE_WHEN(
      "governance[].when",
      "expression",
      GovernanceRule.DEFAULT_WHEN,
      "an expression over " + GovernanceExpression.FIELDS),
  RULE_REQUIRE(
      "governance[].require",
      "expression",
      "required",
      "an expression over " + GovernanceExpression.FIELDS),

  ENDPOINTS(
      "endpoints",
      "choice or mapping",
      "embedded",
      "embedded, triton, or a mapping with exactly one of list, file, kubernetes"),
  ENDPOINTS_LIST("endpoints.list", "list", "none", "at least one endpoint, names distinct"),
  ENDPOINT("endpoints.list[]", "mapping", "required", "a mapping with name and url"),
  ENDPOINT_NAME("endpoints.list[].name", "name", "required", Text.NAME),
  ENDPOINT_URL(
      "endpoints.list[].url",
      "address",
      "required",
      "http, https or grpc with host and port, such as grpc://10.0.0.7:8001"),
  ENDPOINT_REGION("endpoints.list[].region", "name", "none", Text.NAME),
  ENDPOINTS_FILE("endpoints.file", "path", "none", "a file that lists endpoints"),
  ENDPOINTS_KUBERNETES(
      "endpoints.kubernetes", "mapping", "none", "a mapping with namespace and pool"),
  KUBERNETES_NAMESPACE("endpoints.kubernetes.namespace", "name", "required", Text.NAME),
  KUBERNETES_POOL("endpoints.kubernetes.pool", "name", "required", Text.NAME),

  DEVICES("devices", "list", "none", "at least one kind of devices, names distinct"),
  DEVICE("devices[]", "mapping", "required", "a mapping with name and count"),
  DEVICE_NAME("devices[].name", "name", "required", Text.NAME),
  DEVICE_COUNT("devices[].count", "devices", "required", "an integer from 1 to 4096"),
  DEVICE_SPEED(
      "devices[].speed",
      "factor",
      number(DeviceSettings.DEFAULT_SPEED),
      "a number from 0.001 to 1000"),
  DEVICE_CATALOGUE("devices[].catalogue", "name", "the device's name", Text.NAME),
  DEVICE_MEMORY("devices[].memory", "bytes", "the catalogue's", Text.BYTES),
  DEVICE_IDLE("devices[].idle_watts", "watts", "none", Text.FROM_ZERO),
  DEVICE_GRAMS(
      "devices[].grams_per_kwh", "grams of CO2 equivalent per kWh", "none", Text.FROM_ZERO),
  DEVICE_ENERGY("devices[].money_per_kwh", "money per kWh", "none", Text.FROM_ZERO),
  DEVICE_PRICE(
      "devices[].money_per_hour",
      "money per hour of each device",
      "none",
      "a number from 0 to 1e9, or a list of steps such as { from: 9, each: 0.6 }"),
  PRICE_STEP("devices[].money_per_hour[]", "mapping", "required", "a mapping with from and each"),
  PRICE_FROM(
      "devices[].money_per_hour[].from",
      "device",
      "required",
      "an integer from 1 to 4096, the first 1, each above the one before it"),
  PRICE_EACH(
      "devices[].money_per_hour[].each",
      "money per hour of each device",
      "required",
      Text.FROM_ZERO),
  DEVICE_SPOT(
      "devices[].spot",
      "mapping",
      "none",
      "a mapping with money_per_hour, interruptions_per_hour and notice"),
  SPOT_PRICE(
      "devices[].spot.money_per_hour", "money per hour of each device", "required", Text.FROM_ZERO),
  SPOT_INTERRUPTIONS(
      "devices[].spot.interruptions_per_hour",
      "per hour of each device",
      "required",
      "a number above 0 up to 3600"),
  SPOT_NOTICE("devices[].spot.notice", "duration", "required", "a duration from 0s to 1h"),
  SPOT_REPLACEMENT(
      "devices[].spot.replacement",
      "duration",
      DeviceReader.DEFAULT_REPLACEMENT,
      "a duration from 0s to 24h"),
  DEVICE_REGION("devices[].region", "name", "none", Text.NAME),

  PLANNER("planner", "mapping", "its keys' defaults", "a mapping such as { period: 30s }"),
  PLANNER_PERIOD(
      "planner.period",
      "duration",
      duration(PlannerSettings.DEFAULT_PERIOD),
      "a duration of at least 1s"),
  PLANNER_HYSTERESIS(
      "planner.hysteresis",
      "share",
      percent(PlannerSettings.DEFAULT_HYSTERESIS),
      "a percentage from 0% to 100%"),
  PLANNER_MIN_DWELL(
      "planner.min_dwell",
      "duration",
      duration(PlannerSettings.DEFAULT_MIN_DWELL),
      "a duration of at least 0s"),
  PLANNER_SEED(
      "planner.seed", "seed", String.valueOf(PlannerSettings.DEFAULT_SEED), "a 64-bit integer"),
  PLANNER_CHANGES_PER_HOUR(
      "planner.changes_per_hour",
      "changes",
      String.valueOf(ChangeSettings.DEFAULT.changesPerHour()),
      "an integer from 1 to 3600"),
  PLANNER_TOLERANCE(
      "planner.tolerance",
      "share",
      percent(ChangeSettings.DEFAULT.tolerance()),
      "a percentage from 1% to 90%"),
  PLANNER_CANARY(
      "planner.canary",
      "share of the time",
      percent(ChangeSettings.DEFAULT.canaryShare()),
      "a percentage from 5% to 50%, or 100% for none"),
  PLANNER_STATE_FILE("planner.state_file", "path", "none", "a file in an existing folder"),
  LIMITS("planner.limits", "mapping", "none", "a mapping such as { money_per_hour: 12 }"),
  LIMIT_MONEY("planner.limits.money_per_hour", "money per hour", "none", Text.FROM_ZERO),
  LIMIT_WATTS("planner.limits.watts", "watts", "none", Text.FROM_ZERO),
  LIMIT_GRAMS(
      "planner.limits.grams_per_hour", "grams of CO2 equivalent per hour", "none", Text.FROM_ZERO),
  HINTS("planner.hints", "mapping", "none", "a mapping such as { per_minute: 6 }"),
  HINTS_LISTEN(
      "planner.hints.listen",
      "address",
      HintSettings.DEFAULT_LISTEN,
      "an address in digits or localhost, and a port, such as 127.0.0.1:9099"),
  HINTS_TOKEN("planner.hints.token_file", "path", "none", "a file; relative to this file"),
  HINTS_RATE(
      "planner.hints.per_minute",
      "hints",
      String.valueOf(HintSettings.DEFAULT_PER_MINUTE),
      "an integer from 1 to 600");

  private final String path;
  private final String unit;
  private final String defaultText;
  private final String allowed;

  ConfigKey(String path, String unit, String defaultText, String allowed) {
    this.path = path;
    this.unit = unit;
    this.defaultText = defaultText;
    this.allowed = allowed;
  }

  /** Place from the root, {@code []} for "each item": {@code services[].name}. */
  String path() {
    return path;
  }

  /** Unit or kind of the value. */
  String unit() {
    return unit;
  }

  /** The default as a user would write it, {@code required} or {@code none}. */
  String defaultText() {
    return defaultText;
  }

  /** The values allowed, in words. */
  String allowed() {
    return allowed;
  }

  /** The key at a path; every path the reader asks for is declared. */
  static ConfigKey at(String path) {
    for (ConfigKey key : values()) {
      if (key.path.equals(path)) {
        return key;
      }
    }
    throw new IllegalArgumentException("the configuration declares no key " + path);
  }

  /** The names allowed in the mapping at a path, in the order of declaration. */
  static List<String> namesIn(String mappingPath) {
    String prefix = mappingPath.isEmpty() ? "" : mappingPath + ".";
    List<String> names = new ArrayList<>();
    for (ConfigKey key : values()) {
      if (key != ROOT && key.path.startsWith(prefix)) {
        String name = key.path.substring(prefix.length());
        if (name.matches("\\w+")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static String name(Enum<?> value) {
    return ConfigNode.wireName(value);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static String percent(double share) {
    return number(share * 100) + "%";
  }

  private static String duration(Duration value) {
    return Durations.format(value.toNanos());
  }

  /** Words that several keys share; a nested type because enum constants come first. */
  private static final class Text {
    static final String NAME = "letters, digits, '-', '_', '.', '/' and ':', at most 128";
    static final String DURATION = "a duration above 0 with a unit, such as 50ms";
    static final String BYTES = "a number above 0 with kB, MB, GB or TB, such as 500MB";
    static final String FROM_ZERO = "a number from 0 to 1e9";
    static final String MODEL_FILE = "a file that 'waip fit --output' wrote; relative to this file";
    static final String RATE = "a rate above 0, such as 200/s, 30/m or 10/h";
  }
}
