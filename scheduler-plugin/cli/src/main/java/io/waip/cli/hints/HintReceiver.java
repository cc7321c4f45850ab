package io.waip.cli.hints;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waip.api.drift.Hint;
import io.waip.cli.config.HintSettings;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The webhook: {@code POST /hints} with a JSON body.
 *
 * <p>Each request is read on a thread of its own, as one that is sent slowly must not hold up
 * others; hints are passed on one at a time. A request that takes longer than {@value
 * #LONGEST_SECONDS} s is cut off, a body above {@value #MOST_BYTES} bytes refused, and so are
 * connections beyond {@value #MOST_CONNECTIONS}. The JDK's server takes its limits from properties
 * of the process; they are set here where nobody has set them.
 */
public final class HintReceiver implements AutoCloseable {
  static final int MOST_BYTES = 262_144;
  static final int LONGEST_SECONDS = 2;
  static final int MOST_CONNECTIONS = 16;
  private static final int LEAST_TOKEN = 16;

  private final HttpServer server;
  private final ExecutorService threads;
  private final ReentrantLock turn = new ReentrantLock();
  private final HintInbox inbox;
  private final byte[] token;
  private final AtomicReference<HintCounts> counts = new AtomicReference<>(HintCounts.NONE);

  private HintReceiver(HttpServer server, byte[] token, HintInbox inbox) {
    this.server = server;
    this.token = token;
    this.inbox = inbox;
    threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("waip-hints-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Opens the port.
   *
   * @param listener gets each hint, one after another, on a thread of the receiver; must return
   *     soon
   * @throws UserError if the token cannot be read or is too short, or the port cannot be opened
   */
  public static HintReceiver start(HintSettings settings, Consumer<Hint> listener) {
    limit("sun.net.httpserver.maxReqTime", LONGEST_SECONDS);
    limit("sun.net.httpserver.maxRspTime", LONGEST_SECONDS);
    limit("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    byte[] token = settings.tokenFile().map(HintReceiver::token).orElse(new byte[0]);
    try {
      HttpServer server = HttpServer.create(settings.listen(), MOST_CONNECTIONS);
      HintReceiver receiver =
          new HintReceiver(
              server, token, new HintInbox(settings.perMinute(), System::nanoTime, listener));
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UserError(
          "cannot listen on " + settings.listen() + ": " + e.getMessage(),
          "planner.hints.listen",
          "a free port of this machine",
          "name another one");
    }
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, String.valueOf(value));
    }
  }

  private static byte[] token(Path file) {
    try {
      String text = Files.readString(file).strip();
      if (text.length() >= LEAST_TOKEN && text.chars().allMatch(c -> c > ' ' && c < 127)) {
        return text.getBytes(StandardCharsets.US_ASCII);
      }
      throw new UserError(
          "holds no token", file.toString(), "16 or more printable characters", "write one");
    } catch (IOException e) {
      throw new UserError(
          "cannot be read: " + e.getClass().getSimpleName(),
          file.toString(),
          "a readable file with a token",
          "check planner.hints.token_file");
    }
  }

  /** Returns where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Returns what became of all hints so far; any thread. */
  public HintCounts counts() {
    return Objects.requireNonNull(counts.get());
  }

  /** Closes the port and ends the thread; what is under way is cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        check(exchange);
        HintCounts became = accept(HintMessages.read(body(exchange), Instant.now()));
        answer(
            exchange,
            202,
            "{\"passed\": %d, \"folded\": %d, \"suppressed\": %d, \"resolved\": %d}\n"
                .formatted(
                    became.passed(), became.folded(), became.suppressed(), became.resolved()));
      } catch (BadHint e) {
        counts.updateAndGet(before -> before.plus(HintCounts.REFUSED));
        exchange.getResponseHeaders().set("Connection", "close");
        answer(exchange, e.status(), "{\"error\": \"%s\"}\n".formatted(quoted(e.why())));
      }
    }
  }

  private HintCounts accept(List<Notice> notices) {
    turn.lock();
    try {
      HintCounts became = inbox.accept(notices);
      counts.updateAndGet(before -> before.plus(became));
      return became;
    } finally {
      turn.unlock();
    }
  }

  private void check(HttpExchange exchange) throws BadHint {
    if (!exchange.getRequestURI().getPath().equals("/hints")) {
      throw new BadHint(404, "there is /hints alone");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      throw new BadHint(405, "allowed: POST");
    }
    if (token.length > 0 && !isAuthorised(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new BadHint(401, "the token is missing or wrong");
    }
    // A page in a browser can post forms to a loopback port, but no JSON.
    String type = header(exchange, "Content-Type").toLowerCase(Locale.ROOT);
    if (!type.matches("application/json\\s*(;.*)?")) {
      throw new BadHint(415, "allowed: Content-Type application/json");
    }
  }

  private boolean isAuthorised(HttpExchange exchange) {
    String given = header(exchange, "Authorization");
    String prefix = "Bearer ";
    return given.startsWith(prefix)
        && MessageDigest.isEqual(
            token, given.substring(prefix.length()).getBytes(StandardCharsets.UTF_8));
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private static byte[] body(HttpExchange exchange) throws BadHint, IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw new BadHint(413, "the body is above " + MOST_BYTES + " bytes");
    }
    return body;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
