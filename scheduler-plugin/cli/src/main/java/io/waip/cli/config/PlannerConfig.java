package io.waip.cli.config;

import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The whole configuration, validated.
 *
 * @param services what is served; at least one, names distinct
 * @param tenants who is served; at least one, names distinct
 * @param governance rules that every request and endpoint must meet; names distinct
 * @param endpoints where work runs
 * @param devices that plans may use; none where plans only divide what is there
 * @param planner how plans are made
 */
public record PlannerConfig(
    List<ServiceSettings> services,
    List<TenantSettings> tenants,
    List<GovernanceRule> governance,
    EndpointSource endpoints,
    List<DeviceSettings> devices,
    PlannerSettings planner) {

  /** Copies the lists. */
  public PlannerConfig {
    services = List.copyOf(services);
    tenants = List.copyOf(tenants);
    governance = List.copyOf(governance);
    devices = List.copyOf(devices);
  }

  /**
   * Reads and validates a configuration file.
   *
   * @throws UserError if the file cannot be read, is no YAML, or holds an unknown key, a value out
   *     of range, a wrong unit or a contradiction; the first one found, with its line
   */
  public static PlannerConfig load(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, Files.exists(file) ? "it is not a readable file" : "no such file");
    }
  }

  /**
   * Validates a configuration.
   *
   * @param name the file's name, for messages
   * @throws UserError as {@link #load}
   */
  public static PlannerConfig parse(String name, String yaml) {
    return PlannerConfigReader.read(ConfigNode.root(name, yaml));
  }

  private static UserError unreadable(Path file, String why) {
    return new UserError(
        "cannot read the configuration: " + why,
        file.toString(),
        "a YAML file as docs/configuration.md describes",
        "check the path");
  }
}
