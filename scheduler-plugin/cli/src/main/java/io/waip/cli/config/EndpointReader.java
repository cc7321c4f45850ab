package io.waip.cli.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads where the endpoints come from. */
final class EndpointReader {

  private static final Set<String> SCHEMES = Set.of("http", "https", "grpc");

  private EndpointReader() {}

  static EndpointSource read(Map<String, ConfigNode> root) {
    ConfigNode node = root.get("endpoints");
    if (node == null || node.is("embedded")) {
      return new EndpointSource.Embedded();
    }
    if (node.is("triton")) {
      return new EndpointSource.MountedTriton();
    }
    if (node.isScalar()) {
      throw node.invalid("is unknown");
    }
    Map<String, ConfigNode> entries = node.entries();
    if (entries.size() != 1) {
      throw node.invalid("names " + entries.size() + " sources");
    }
    ConfigNode source = entries.values().iterator().next();
    return switch (source.key()) {
      case ENDPOINTS_LIST -> new EndpointSource.Listed(addresses(source));
      case ENDPOINTS_FILE -> new EndpointSource.FromFile(path(source));
      default -> kubernetes(source);
    };
  }

  private static List<EndpointSource.Address> addresses(ConfigNode list) {
    return PlannerConfigReader.distinct(
        list.itemsAtLeastOne(), "name", EndpointReader::address, EndpointSource.Address::name);
  }

  private static EndpointSource.Address address(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    return new EndpointSource.Address(
        Scalars.name(node.required(entries, "name")),
        url(node.required(entries, "url")),
        Optional.ofNullable(entries.get("region")).map(Scalars::name));
  }

  private static URI url(ConfigNode node) {
    try {
      URI url = new URI(node.text());
      boolean hasScheme = url.getScheme() != null && SCHEMES.contains(url.getScheme());
      if (!hasScheme || url.getHost() == null || url.getPort() < 1 || url.getPort() > 65_535) {
        throw node.invalid("is no endpoint address");
      }
      return url;
    } catch (URISyntaxException e) {
      throw node.invalid("is no address");
    }
  }

  private static Path path(ConfigNode node) {
    try {
      return Path.of(node.text());
    } catch (InvalidPathException e) {
      throw node.invalid("is no path");
    }
  }

  private static EndpointSource kubernetes(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries();
    return new EndpointSource.FromKubernetes(
        Scalars.name(node.required(entries, "namespace")),
        Scalars.name(node.required(entries, "pool")));
  }
}
