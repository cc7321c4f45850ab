package io.waip.cli.config;

/**
 * A rule on where a request may run. It fails closed: a request it applies to runs only where
 * {@code require} is known to hold.
 *
 * @param name distinct among rules
 * @param when expression that says which requests it applies to
 * @param require expression that must hold for request and endpoint
 */
public record GovernanceRule(String name, String when, String require) {

  /** A rule without a condition applies to every request. */
  public static final String DEFAULT_WHEN = "true";
}
