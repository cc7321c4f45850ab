package io.waip.api.plan;

import java.util.Comparator;
import java.util.Locale;

/**
 * A constraint by its name.
 *
 * @param kind what it limits
 * @param subject the service, device or rule that it is of; empty for limits of all devices
 */
public record PlanningConstraint(Kind kind, String subject)
    implements Comparable<PlanningConstraint> {
  /** What a constraint limits. */
  public enum Kind {
    /** A rule that forbids options. */
    RULE,
    /** Watts of all devices. */
    WATTS,
    /** Grams of carbon dioxide equivalent per hour of all devices. */
    GRAMS,
    /** Money per hour of all devices. */
    MONEY,
    /** Mean quality of a service, from below. */
    QUALITY_FLOOR,
    /** Count of devices of a supply. */
    DEVICES,
    /** Served rate of a service, from below. */
    PROMISE
  }

  private static final Comparator<PlanningConstraint> ORDER =
      Comparator.comparing(PlanningConstraint::kind).thenComparing(PlanningConstraint::subject);

  @Override
  public int compareTo(PlanningConstraint other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return subject.isEmpty() ? name : name + " of " + subject;
  }
}
