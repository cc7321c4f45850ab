package io.waip.cli.config;

import io.waip.api.Durations;
import io.waip.replay.capacity.DeviceKind;
import io.waip.replay.capacity.PriceCurve;
import io.waip.replay.capacity.SpotTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads the devices that plans may use. */
final class DeviceReader {
  private static final double SLOWEST = 0.001;
  private static final double FASTEST = 1000;
  private static final double MOST_MONEY = 1e9;
  private static final double MOST_INTERRUPTIONS = 3600;
  private static final Duration LONGEST_NOTICE = Duration.ofHours(1);
  private static final Duration LONGEST_REPLACEMENT = Duration.ofHours(24);
  static final String DEFAULT_REPLACEMENT = "5m";

  private DeviceReader() {}

  static List<DeviceSettings> read(Map<String, ConfigNode> root) {
    ConfigNode devices = root.get("devices");
    return devices == null
        ? List.of()
        : PlannerConfigReader.distinct(
            devices.itemsAtLeastOne(), "name", DeviceReader::device, DeviceSettings::name);
  }

  private static DeviceSettings device(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    String name = Scalars.name(node.required(entries, "name"));
    ConfigNode speed = entries.get("speed");
    ConfigNode region = entries.get("region");
    Optional<PriceCurve> price =
        Optional.ofNullable(entries.get("money_per_hour")).map(DeviceReader::price);
    return new DeviceSettings(
        name,
        (int) Scalars.integer(node.required(entries, "count"), 1, DeviceKind.MOST),
        speed == null ? DeviceSettings.DEFAULT_SPEED : Scalars.number(speed, SLOWEST, FASTEST),
        facts(name, entries),
        price,
        Optional.ofNullable(entries.get("spot")).map(DeviceReader::spot),
        region == null ? "" : Scalars.name(region));
  }

  private static DeviceSettings.Facts facts(String name, Map<String, ConfigNode> entries) {
    ConfigNode catalogue = entries.get("catalogue");
    ConfigNode memory = entries.get("memory");
    return new DeviceSettings.Facts(
        catalogue == null ? name : Scalars.name(catalogue),
        memory == null ? OptionalDouble.empty() : OptionalDouble.of(Scalars.bytes(memory)),
        atLeastZero(entries.get("idle_watts")),
        atLeastZero(entries.get("grams_per_kwh")),
        atLeastZero(entries.get("money_per_kwh")));
  }

  static OptionalDouble atLeastZero(@Nullable ConfigNode node) {
    return node == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Scalars.number(node, 0, MOST_MONEY));
  }

  private static PriceCurve price(ConfigNode node) {
    if (node.isScalar()) {
      return PriceCurve.flat(Scalars.number(node, 0, MOST_MONEY));
    }
    List<PriceCurve.Step> steps = new ArrayList<>();
    for (ConfigNode item : node.itemsAtLeastOne()) {
      Map<String, ConfigNode> entries = item.entries();
      ConfigNode from = item.required(entries, "from");
      int first = (int) Scalars.integer(from, 1, DeviceKind.MOST);
      boolean ascends = steps.isEmpty() ? first == 1 : first > steps.getLast().from();
      if (!ascends) {
        throw from.invalid("does not ascend from 1");
      }
      ConfigNode money = item.required(entries, "each");
      steps.add(new PriceCurve.Step(first, Scalars.number(money, 0, MOST_MONEY)));
    }
    return new PriceCurve(steps);
  }

  private static SpotTerms spot(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    ConfigNode interruptions = node.required(entries, "interruptions_per_hour");
    ConfigNode replacement = entries.get("replacement");
    return new SpotTerms(
        PriceCurve.flat(Scalars.number(node.required(entries, "money_per_hour"), 0, MOST_MONEY)),
        Scalars.number(interruptions, Double.MIN_VALUE, MOST_INTERRUPTIONS),
        Scalars.duration(node.required(entries, "notice"), Duration.ZERO, LONGEST_NOTICE).toNanos(),
        replacement == null
            ? Durations.parseNanos(DEFAULT_REPLACEMENT)
            : Scalars.duration(replacement, Duration.ZERO, LONGEST_REPLACEMENT).toNanos());
  }
}
