package io.waip.api;

/**
 * Version of the contracts that plug-ins implement. It grows with every change that a plug-in built
 * before would not survive: a method removed, renamed or added without a default, a value with
 * another meaning.
 *
 * <p>The jar of a plug-in names the version it was built for in the attribute {@value #ATTRIBUTE}
 * of its manifest.
 */
public final class ApiVersion {
  /** The version of this build, and the only one it loads. */
  public static final int CURRENT = 1;

  /** Name of the attribute in a plug-in's manifest. */
  public static final String ATTRIBUTE = "Waip-Api-Version";

  private ApiVersion() {}
}
