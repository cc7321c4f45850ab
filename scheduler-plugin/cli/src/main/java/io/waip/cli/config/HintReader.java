package io.waip.cli.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where hints are taken; asks no name server. */
final class HintReader {
  private static final Pattern LISTEN =
      Pattern.compile("(localhost|[\\d.]+|\\[[\\da-fA-F:.]+]):(\\d{1,5})");
  private static final int MOST_PORT = 65_535;
  private static final int MOST_PER_MINUTE = 600;

  private HintReader() {}

  static Optional<HintSettings> read(@Nullable ConfigNode node) {
    if (node == null) {
      return Optional.empty();
    }
    Map<String, ConfigNode> entries = node.entries();
    ConfigNode listen = entries.get("listen");
    ConfigNode perMinute = entries.get("per_minute");
    InetSocketAddress address =
        listen == null ? address(HintSettings.DEFAULT_LISTEN).orElseThrow() : address(listen);
    Optional<Path> token = Optional.ofNullable(entries.get("token_file")).map(ConfigNode::path);
    if (listen != null && !address.getAddress().isLoopbackAddress() && token.isEmpty()) {
      throw listen.error(
          "'planner.hints.listen' is no loopback address and there is no token_file",
          "an address of this machine alone, or token_file beside it",
          "add token_file");
    }
    return Optional.of(
        new HintSettings(
            address,
            token,
            perMinute == null
                ? HintSettings.DEFAULT_PER_MINUTE
                : (int) Scalars.integer(perMinute, 1, MOST_PER_MINUTE)));
  }

  private static InetSocketAddress address(ConfigNode node) {
    return address(node.text()).orElseThrow(() -> node.invalid("is no address with a port"));
  }

  private static Optional<InetSocketAddress> address(String text) {
    Matcher parts = LISTEN.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(parts.group(2));
    try {
      InetAddress host =
          parts.group(1).equals("localhost")
              ? InetAddress.getLoopbackAddress()
              : InetAddress.ofLiteral(parts.group(1).replaceAll("[\\[\\]]", ""));
      return port < 1 || port > MOST_PORT
          ? Optional.empty()
          : Optional.of(new InetSocketAddress(host, port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
