package io.waip.replay.spec;

import io.waip.api.Tier;
import io.waip.api.deployment.Tenant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tenant of a replay: what it is entitled to and, where requests are generated, what it sends.
 *
 * @param tenant name, weight and rate limit; a bucket holds what the rate admits in {@value
 *     #BURST_SECONDS} s
 * @param share of the generated requests, relative to the other tenants' shares, {@code > 0}; empty
 *     for 1
 * @param tier of its generated requests; empty for interactive
 */
public record TenantSpec(Tenant tenant, OptionalDouble share, Optional<Tier> tier) {
  /** The form that {@link #parseAll} reads. */
  public static final String ALLOWED =
      "NAME[:weight=3][:rate=200/s][:share=1][:tier=interactive|nearline|offline], separated by"
          + " commas, each name and part once";

  /** Least weight or share. */
  public static final double LEAST = 1e-6;

  /** Largest weight or share. */
  public static final double MOST = 1e6;

  private static final double BURST_SECONDS = 0.1;
  private static final Pattern NAME = Pattern.compile("[\\w./-]{1,128}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?(e[+-]?\\d)?");
  private static final Pattern RATE = Pattern.compile("([^/]+)/([smh])");

  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public TenantSpec {
    share.ifPresent(value -> inRange(value, "share"));
    inRange(tenant.weight(), "weight");
  }

  /** Returns a tenant without a limit that sends interactive requests. */
  public static TenantSpec of(String name) {
    return new TenantSpec(Tenant.unlimited(name), OptionalDouble.empty(), Optional.empty());
  }

  /**
   * Reads text such as {@code gold:weight=3,batch:share=2:tier=offline}.
   *
   * @return at least one, names distinct
   * @throws IllegalArgumentException if a part is unknown, doubled or out of range; the message
   *     says what was found and what is allowed
   */
  public static List<TenantSpec> parseAll(String text) {
    List<TenantSpec> found = new ArrayList<>();
    try {
      for (String each : text.split(",", -1)) {
        TenantSpec spec = parse(each.strip());
        if (found.stream().anyMatch(other -> other.name().equals(spec.name()))) {
          throw new IllegalArgumentException("'" + spec.name() + "' is named twice");
        }
        found.add(spec);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "tenants '%s': %s; allowed: %s".formatted(text, e.getMessage(), ALLOWED), e);
    }
    return found;
  }

  private static TenantSpec parse(String text) {
    String[] words = text.split(":", -1);
    if (!NAME.matcher(words[0]).matches()) {
      throw new IllegalArgumentException("'" + words[0] + "' is not a name");
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] pair = words[i].split("=", -1);
      if (pair.length != 2 || !pair[0].matches("weight|rate|share|tier")) {
        throw new IllegalArgumentException("unknown part '" + words[i] + "'");
      }
      if (parts.put(pair[0], pair[1]) != null) {
        throw new IllegalArgumentException(pair[0] + " of '" + words[0] + "' is given twice");
      }
    }
    return of(words[0], parts);
  }

  private static TenantSpec of(String name, Map<String, String> parts) {
    String share = parts.get("share");
    return new TenantSpec(
        tenant(name, parts),
        share == null ? OptionalDouble.empty() : OptionalDouble.of(number(share)),
        Optional.ofNullable(parts.get("tier")).map(TenantSpec::tier));
  }

  private static Tenant tenant(String name, Map<String, String> parts) {
    double weight = number(parts.getOrDefault("weight", "1"));
    inRange(weight, "weight");
    String rate = parts.get("rate");
    if (rate == null) {
      return new Tenant(name, weight, Double.POSITIVE_INFINITY, 1);
    }
    double perSecond = perSecond(rate);
    return new Tenant(name, weight, perSecond, Math.max(1, perSecond * BURST_SECONDS));
  }

  private static double perSecond(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a rate such as 200/s or 30/m");
    }
    double seconds =
        switch (rate.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          default -> 3600;
        };
    double perSecond = number(rate.group(1)) / seconds;
    if (perSecond <= 0) {
      throw new IllegalArgumentException("rate must be above 0, is " + text);
    }
    return perSecond;
  }

  private static Tier tier(String text) {
    for (Tier tier : Tier.values()) {
      if (tier.name().toLowerCase(Locale.ROOT).equals(text)) {
        return tier;
      }
    }
    throw new IllegalArgumentException("unknown tier '" + text + "'");
  }

  private static double number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a number");
    }
    return new BigDecimal(text).doubleValue();
  }

  private static void inRange(double value, String name) {
    if (!(value >= LEAST && value <= MOST)) {
      throw new IllegalArgumentException(name + " must be in [0.000001, 1000000], is " + value);
    }
  }

  /** Returns the name. */
  public String name() {
    return tenant.name();
  }

  /** Says whether this tells what the tenant sends, which only generated requests can follow. */
  public boolean shapesRequests() {
    return share.isPresent() || tier.isPresent();
  }
}
