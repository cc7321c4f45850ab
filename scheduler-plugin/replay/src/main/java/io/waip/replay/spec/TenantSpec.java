package io.waip.replay.spec;

import io.waip.api.Tier;
import io.waip.api.deployment.Tenant;
import java.util.List;
import java.util.Locale;
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
  private static final List<String> PARTS = List.of("weight", "rate", "share", "tier");
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
    try {
      return NamedParts.parseAll(text, PARTS).stream().map(TenantSpec::of).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "tenants '%s': %s; allowed: %s".formatted(text, e.getMessage(), ALLOWED), e);
    }
  }

  private static TenantSpec of(NamedParts given) {
    String share = given.parts().get("share");
    return new TenantSpec(
        tenant(given),
        share == null ? OptionalDouble.empty() : OptionalDouble.of(NamedParts.number(share)),
        Optional.ofNullable(given.parts().get("tier")).map(TenantSpec::tier));
  }

  private static Tenant tenant(NamedParts given) {
    String name = given.name();
    double weight = given.number("weight", 1);
    inRange(weight, "weight");
    String rate = given.parts().get("rate");
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
    double perSecond = NamedParts.number(rate.group(1)) / seconds;
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
