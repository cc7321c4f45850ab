package io.waip.cli.config;

import io.waip.api.Tier;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.spec.CostSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads a service and refuses promises that contradict each other. */
final class ServiceReader {

  private ServiceReader() {}

  static ServiceSettings read(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    String name = Scalars.name(node.required(entries, "name"));
    List<VariantSettings> variants = variants(node.required(entries, "variants"));
    ConfigNode objectiveNode = node.required(entries, "objective");
    ObjectiveSettings objective = objective(objectiveNode);
    requireReachableFloor(objectiveNode, objective, variants);
    Optional<LengthSettings> lengths =
        Optional.ofNullable(entries.get("lengths")).map(ServiceReader::lengths);
    ConfigNode bitEqual = entries.get("bit_equal");
    boolean isBitEqual =
        bitEqual == null ? ServiceSettings.DEFAULT_BIT_EQUAL : Scalars.flag(bitEqual);
    if (bitEqual != null && isBitEqual && lengths.flatMap(LengthSettings::padding).isPresent()) {
      throw bitEqual.invalid("contradicts lengths.pad: padding changes the last bits");
    }
    Optional<ExpectedLoad> expected =
        Optional.ofNullable(entries.get("expected")).map(ServiceReader::expected);
    Optional<AgreementSettings> agreement =
        Optional.ofNullable(entries.get("agreement")).map(AgreementReader::read);
    return new ServiceSettings(name, objective, lengths, variants, expected, agreement, isBitEqual);
  }

  // Objective

  private static ObjectiveSettings objective(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    ConfigNode tierNode = entries.get("tier");
    ConfigNode floor = entries.get("quality_floor");
    ConfigNode throughput = entries.get("throughput");
    ConfigNode availability = entries.get("availability");
    Tier tier = tierNode == null ? ObjectiveSettings.DEFAULT_TIER : tierNode.choice(Tier.class);
    LatencyBounds latency = latencyBounds(entries);
    if (tier == Tier.INTERACTIVE && latency.total().isEmpty() && latency.ttft().isEmpty()) {
      throw node.error(
          "an interactive objective has neither latency nor ttft",
          ConfigKey.TIER.allowed(),
          "add latency, or set tier to offline");
    }
    return new ObjectiveSettings(
        tier,
        latency,
        floor == null ? ObjectiveSettings.DEFAULT_QUALITY_FLOOR : Scalars.number(floor, 0, 1),
        throughput == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(Scalars.ratePerSecond(throughput)),
        availability == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(Scalars.share(availability, Double.MIN_VALUE, 1)));
  }

  private static LatencyBounds latencyBounds(Map<String, ConfigNode> objective) {
    Optional<Duration> total =
        Optional.ofNullable(objective.get("latency")).map(Scalars::positiveDuration);
    ConfigNode percentile = objective.get("percentile");
    return new LatencyBounds(
        total,
        boundWithin(objective.get("ttft"), total),
        boundWithin(objective.get("tpot"), total),
        percentile == null
            ? LatencyBounds.DEFAULT_PERCENTILE
            : Scalars.number(percentile, Double.MIN_VALUE, Math.nextDown(100.0)));
  }

  private static Optional<Duration> boundWithin(
      @Nullable ConfigNode node, Optional<Duration> total) {
    if (node == null) {
      return Optional.empty();
    }
    Duration bound = Scalars.positiveDuration(node);
    if (total.isPresent() && bound.compareTo(total.get()) > 0) {
      throw node.invalid("is longer than latency");
    }
    return Optional.of(bound);
  }

  private static void requireReachableFloor(
      ConfigNode node, ObjectiveSettings objective, List<VariantSettings> variants) {
    double best = 0;
    for (VariantSettings variant : variants) {
      best = Math.max(best, variant.quality().orElse(0));
    }
    if (objective.qualityFloor() > best) {
      throw node.required(node.entries(), "quality_floor")
          .error(
              "quality_floor "
                  + objective.qualityFloor()
                  + " is above the quality of every variant; the best known has "
                  + best,
              "at most " + best,
              "lower the floor or add a better variant");
    }
  }

  // Variants

  private static List<VariantSettings> variants(ConfigNode node) {
    List<VariantSettings> variants =
        PlannerConfigReader.distinct(
            node.itemsAtLeastOne(), "model", ServiceReader::variant, VariantSettings::model);
    if (variants.stream().allMatch(variant -> variant.quality().isEmpty())) {
      throw node.error(
          "quality of every variant is auto, so there is no reference to measure against",
          "a number for at least one variant",
          "give the reference variant quality: 1.0");
    }
    return variants;
  }

  private static VariantSettings variant(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    ConfigNode quality = entries.get("quality");
    boolean isMeasured = quality == null || quality.is("auto");
    String model = Scalars.name(node.required(entries, "model"));
    return new VariantSettings(
        model,
        quality == null || isMeasured
            ? OptionalDouble.empty()
            : OptionalDouble.of(Scalars.number(quality, 0, 1)),
        costModel(entries, "cost_model", model),
        costModel(entries, "shadow_model", model),
        execution(entries));
  }

  private static ExecutionSettings execution(Map<String, ConfigNode> variant) {
    ConfigNode maxBatch = variant.get("max_batch");
    ConfigNode memory = variant.get("memory");
    ConfigNode devices = variant.get("devices_per_instance");
    return new ExecutionSettings(
        Optional.ofNullable(variant.get("cost")).map(ServiceReader::cost),
        maxBatch == null
            ? ExecutionSettings.DEFAULT_MAX_BATCH
            : (int) Scalars.integer(maxBatch, 1, 1024),
        memory == null ? OptionalDouble.empty() : OptionalDouble.of(Scalars.bytes(memory)),
        devices == null
            ? ExecutionSettings.DEFAULT_DEVICES_PER_INSTANCE
            : (int) Scalars.integer(devices, 1, 64));
  }

  private static CostSpec cost(ConfigNode node) {
    try {
      return CostSpec.parse(node.text());
    } catch (IllegalArgumentException e) {
      throw node.invalid("is no cost of a batch");
    }
  }

  private static ExpectedLoad expected(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    ConfigNode arrivals = entries.get("arrivals");
    return new ExpectedLoad(
        Scalars.ratePerSecond(node.required(entries, "rate")),
        arrivals == null ? ArrivalSpec.parse(ExpectedLoad.DEFAULT_ARRIVALS) : arrivals(arrivals));
  }

  private static ArrivalSpec arrivals(ConfigNode node) {
    try {
      return ArrivalSpec.parse(node.text());
    } catch (IllegalArgumentException e) {
      throw node.invalid("is no arrival process");
    }
  }

  private static Optional<CostModelSettings> costModel(
      Map<String, ConfigNode> variant, String key, String model) {
    ConfigNode file = variant.get(key);
    ConfigNode subject = variant.get("cost_subject");
    String[] parts = subject == null ? new String[] {model} : subject.text().split("@", 2);
    if (subject != null && Arrays.stream(parts).anyMatch(String::isBlank)) {
      throw subject.invalid("names no subject");
    }
    if (subject != null && !variant.containsKey("cost_model")) {
      requireFile(variant, subject);
    }
    if (file == null) {
      return Optional.empty();
    }
    Optional<String> device = parts.length > 1 ? Optional.of(parts[1]) : Optional.empty();
    return Optional.of(new CostModelSettings(file.path(), parts[0], device, file.place()));
  }

  private static void requireFile(Map<String, ConfigNode> variant, ConfigNode subject) {
    if (!variant.containsKey("shadow_model")) {
      throw subject.invalid("names a subject of no file");
    }
  }

  // Lengths

  private static LengthSettings lengths(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    ConfigNode axis = entries.get("axis");
    Optional<LengthSettings.Padding> padding = padding(node, entries);
    ConfigNode buckets = entries.get("buckets");
    List<Integer> edges = bucketEdges(buckets);
    if (buckets != null && !edges.isEmpty() && padding.isEmpty()) {
      throw buckets.error(
          "buckets are lengths to pad to, but lengths declares no padding",
          ConfigKey.LENGTHS_BUCKETS.allowed(),
          "add pad, mask and trim, or remove buckets");
    }
    return new LengthSettings(
        Scalars.name(node.required(entries, "input")),
        axis == null ? LengthSettings.DEFAULT_AXIS : (int) Scalars.integer(axis, 0, 7),
        padding,
        edges);
  }

  private static Optional<LengthSettings.Padding> padding(
      ConfigNode lengths, Map<String, ConfigNode> entries) {
    List<String> parts = List.of("pad", "mask", "trim");
    List<String> missing = parts.stream().filter(part -> !entries.containsKey(part)).toList();
    if (missing.size() == parts.size()) {
      return Optional.empty();
    }
    if (!missing.isEmpty()) {
      throw lengths.error(
          "lengths declares padding without " + String.join(" and ", missing),
          "pad, mask and trim together, or none of them",
          "add " + String.join(" and ", missing));
    }
    long value = Scalars.integer(lengths.required(entries, "pad"), Long.MIN_VALUE, Long.MAX_VALUE);
    String mask = Scalars.name(lengths.required(entries, "mask"));
    List<String> trim = new ArrayList<>();
    for (ConfigNode output : lengths.required(entries, "trim").items()) {
      trim.add(Scalars.name(output));
    }
    return Optional.of(new LengthSettings.Padding(value, mask, trim));
  }

  private static List<Integer> bucketEdges(@Nullable ConfigNode node) {
    if (node == null || node.is("auto")) {
      return List.of();
    }
    if (!node.isList()) {
      throw node.invalid("is neither auto nor a list");
    }
    List<Integer> edges = new ArrayList<>();
    for (ConfigNode item : node.itemsAtLeastOne()) {
      int edge = (int) Scalars.integer(item, 1, Integer.MAX_VALUE);
      if (!edges.isEmpty() && edge <= edges.getLast()) {
        throw item.invalid("is not above the one before it");
      }
      edges.add(edge);
    }
    return edges;
  }
}
