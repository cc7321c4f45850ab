package io.waip.cli.config;

import io.waip.api.plan.PlanningLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the top level, tenants, governance and planner settings. */
final class PlannerConfigReader {

  private static final String API_VERSION = "waip.io/v1";
  private static final String KIND = "PlannerConfig";

  private PlannerConfigReader() {}

  static PlannerConfig read(ConfigNode root) {
    Map<String, ConfigNode> entries = root.entries();
    requireText(root.required(entries, "apiVersion"), API_VERSION);
    requireText(root.required(entries, "kind"), KIND);
    List<ServiceSettings> services =
        distinct(
            root.required(entries, "services").itemsAtLeastOne(),
            "name",
            ServiceReader::read,
            ServiceSettings::name);
    List<TenantSettings> tenants = tenants(entries);
    return new PlannerConfig(
        services,
        tenants,
        governance(entries, GovernanceExpression.Names.of(services, tenants)),
        EndpointReader.read(entries),
        DeviceReader.read(entries),
        planner(entries));
  }

  private static void requireText(ConfigNode node, String expected) {
    if (!node.text().equals(expected)) {
      throw node.invalid("is not supported");
    }
  }

  private static List<TenantSettings> tenants(Map<String, ConfigNode> root) {
    ConfigNode tenants = root.get("tenants");
    return tenants == null
        ? List.of(TenantSettings.DEFAULT)
        : distinct(
            tenants.itemsAtLeastOne(), "name", PlannerConfigReader::tenant, TenantSettings::name);
  }

  private static TenantSettings tenant(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    ConfigNode weight = entries.get("weight");
    ConfigNode rate = entries.get("rate");
    ConfigNode budget = entries.get("budget");
    ConfigNode shedFirst = entries.get("shed_first");
    return new TenantSettings(
        Scalars.name(node.required(entries, "name")),
        weight == null ? TenantSettings.DEFAULT_WEIGHT : Scalars.positive(weight),
        rate == null ? OptionalDouble.empty() : OptionalDouble.of(Scalars.ratePerSecond(rate)),
        budget == null ? OptionalDouble.empty() : OptionalDouble.of(moneyPerDay(budget)),
        shedFirst == null ? TenantSettings.DEFAULT_SHED_FIRST : Scalars.flag(shedFirst));
  }

  private static double moneyPerDay(ConfigNode budget) {
    ConfigNode money = budget.required(budget.entries(), "money_per_day");
    return Scalars.number(money, 0, Double.MAX_VALUE);
  }

  private static List<GovernanceRule> governance(
      Map<String, ConfigNode> root, GovernanceExpression.Names names) {
    ConfigNode rules = root.get("governance");
    return rules == null
        ? List.of()
        : distinct(rules.items(), "name", rule -> rule(rule, names), GovernanceRule::name);
  }

  private static GovernanceRule rule(ConfigNode node, GovernanceExpression.Names names) {
    Map<String, ConfigNode> entries = node.entries();
    ConfigNode when = entries.get("when");
    return new GovernanceRule(
        Scalars.name(node.required(entries, "name")),
        when == null ? GovernanceRule.DEFAULT_WHEN : GovernanceExpression.check(when, names),
        GovernanceExpression.check(node.required(entries, "require"), names));
  }

  private static PlannerSettings planner(Map<String, ConfigNode> root) {
    ConfigNode mode = root.get("mode");
    ConfigNode planner = root.get("planner");
    Map<String, ConfigNode> entries = planner == null ? Map.of() : planner.entries();
    ConfigNode period = entries.get("period");
    ConfigNode hysteresis = entries.get("hysteresis");
    ConfigNode minDwell = entries.get("min_dwell");
    ConfigNode seed = entries.get("seed");
    return new PlannerSettings(
        mode == null ? PlannerSettings.DEFAULT_MODE : mode.choice(PlannerSettings.Mode.class),
        period == null
            ? PlannerSettings.DEFAULT_PERIOD
            : Scalars.duration(period, Duration.ofSeconds(1)),
        hysteresis == null ? PlannerSettings.DEFAULT_HYSTERESIS : Scalars.share(hysteresis, 0, 1),
        minDwell == null
            ? PlannerSettings.DEFAULT_MIN_DWELL
            : Scalars.duration(minDwell, Duration.ZERO),
        seed == null
            ? PlannerSettings.DEFAULT_SEED
            : Scalars.integer(seed, Long.MIN_VALUE, Long.MAX_VALUE),
        limits(entries.get("limits")),
        ChangeReader.read(entries),
        HintReader.read(entries.get("hints")));
  }

  private static PlanningLimits limits(@Nullable ConfigNode node) {
    if (node == null) {
      return PlanningLimits.NONE;
    }
    Map<String, ConfigNode> entries = node.entries();
    return new PlanningLimits(
        DeviceReader.atLeastZero(entries.get("money_per_hour")),
        DeviceReader.atLeastZero(entries.get("watts")),
        DeviceReader.atLeastZero(entries.get("grams_per_hour")));
  }

  /**
   * Reads each item of a list and refuses a second one of the same name.
   *
   * @param nameKey the key that holds the name, for the message
   */
  static <T> List<T> distinct(
      List<ConfigNode> items,
      String nameKey,
      Function<ConfigNode, T> read,
      Function<T, String> nameOf) {
    List<T> values = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ConfigNode item : items) {
      T value = read.apply(item);
      if (!names.add(nameOf.apply(value))) {
        throw item.required(item.entries(), nameKey).invalid("is given twice");
      }
      values.add(value);
    }
    return values;
  }
}
