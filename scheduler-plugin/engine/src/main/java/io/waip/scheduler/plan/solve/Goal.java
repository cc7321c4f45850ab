package io.waip.scheduler.plan.solve;

/**
 * What a program makes large.
 *
 * @param kind of the goal
 * @param subject index of the service or supply; 0 where there is none
 * @param level quality that answers are compared with, for {@link Kind#QUALITY}
 */
record Goal(Kind kind, int subject, double level) {
  static final Goal VALUE = new Goal(Kind.VALUE, 0, 0);
  static final Goal LEAST_BADNESS = new Goal(Kind.LEAST_BADNESS, 0, 0);

  /** What is made large, or small where so named. */
  enum Kind {
    /** Value served. */
    VALUE,
    /** Badness, then devices used. */
    LEAST_BADNESS,
    /** Money of all devices. */
    LEAST_MONEY,
    /** Watts of all devices. */
    LEAST_WATTS,
    /** Grams of all devices. */
    LEAST_GRAMS,
    /** Devices of a supply. */
    LEAST_DEVICES,
    /** Served rate of a service over its demand. */
    SERVED,
    /** Sum over a service's requests of quality above the level. */
    QUALITY,
    /** Kept share of the promises, relative to the sum of all. */
    PROMISES
  }

  static Goal of(Kind kind, int subject) {
    return new Goal(kind, subject, 0);
  }
}
