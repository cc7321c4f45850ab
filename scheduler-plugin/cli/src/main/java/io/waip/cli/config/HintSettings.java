package io.waip.cli.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where hints from outside are taken.
 *
 * @param listen address and port
 * @param tokenFile holds what senders must show; not opened yet; empty for none
 * @param perMinute hints passed on at most, {@code [1, 600]}
 */
public record HintSettings(InetSocketAddress listen, Optional<Path> tokenFile, int perMinute) {
  static final String DEFAULT_LISTEN = "127.0.0.1:9099";
  static final int DEFAULT_PER_MINUTE = 6;
}
