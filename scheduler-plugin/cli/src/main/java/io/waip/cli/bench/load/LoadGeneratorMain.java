package io.waip.cli.bench.load;

import io.waip.cli.runtime.DurationConverter;
import io.waip.cli.runtime.JsonOutput;
import io.waip.triton.client.OipClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The load generator's process. Prints a line a second, then writes its figures and its log. It
 * ends by its time or its count, or with its standard input.
 */
@Command(name = "load-generator", sortOptions = false)
public final class LoadGeneratorMain implements Callable<Integer> {
  private static final int LINE_MILLIS = 1000;
  private static final int DRAIN_POLL_MILLIS = 5;

  /** A bound of every run, whatever was asked. */
  private static final int MAX_COUNT = 5_000_000;

  @Option(names = "--port", required = true)
  private int port;

  @Option(names = "--model", required = true, description = "One, or two for --pairs.")
  private List<String> models = new ArrayList<>();

  @Option(names = "--rate", description = "Open loop: requests per second.")
  private double rate;

  @Option(names = "--concurrency", description = "Closed loop: requests under way.")
  private int concurrency;

  @Option(names = "--pairs", description = "Pairs of calls, one at a time.")
  private int pairs;

  @Option(names = "--pace", description = "Pairs: time from call to call.", defaultValue = "5ms")
  private Duration pace = Duration.ofMillis(5);

  @Option(names = "--time", required = true, description = "Bound of the run.")
  private Duration time = Duration.ZERO;

  @Option(names = "--count", description = "Bound of the requests sent.")
  private int count = MAX_COUNT;

  @Option(names = "--warm-up", description = "Calls to each model before.", defaultValue = "300")
  private int warmUp;

  @Option(names = "--elements", defaultValue = "16")
  private int elements;

  @Option(names = "--seed", defaultValue = "1")
  private long seed;

  @Option(names = "--patience", defaultValue = "10s", description = "Longest wait for an answer.")
  private Duration patience = Duration.ofSeconds(10);

  @Option(
      names = "--until-input-ends",
      description = "Also end when standard input does, as when the starter of this process dies.")
  private boolean untilInputEnds;

  @Option(names = "--log", description = "CSV of every request.")
  private @Nullable Path log;

  @Mixin private JsonOutput json = new JsonOutput();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs the load and ends the process. */
  public static void main(String[] args) {
    // Netty's own use of Unsafe is deprecated and warned of on JDK 25; it works without.
    System.setProperty("io.grpc.netty.shaded.io.netty.noUnsafe", "true");
    System.exit(
        new CommandLine(new LoadGeneratorMain())
            .registerConverter(Duration.class, new DurationConverter())
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    check();
    json.check();
    Ledger ledger = new Ledger(patience.toNanos());
    CallPool pool = new CallPool(models, elements, seed);
    try (OipClient client = OipClient.to("127.0.0.1", port)) {
      if (!client.isReady()) {
        throw new ParameterException(
            spec.commandLine(), "no server is ready at port " + port + " of this machine");
      }
      Stop stop = new Stop(System.nanoTime() + time.toNanos(), Math.min(count, MAX_COUNT));
      if (untilInputEnds) {
        daemon("stdin", () -> stopAtEndOfInput(stop));
      }
      daemon("lines", () -> printLines(ledger));
      run(new Sender(client::send, pool, ledger), stop);
      drain(ledger);
      write(ledger);
    }
    return 0;
  }

  private void check() {
    int shapes = (rate > 0 ? 1 : 0) + (concurrency > 0 ? 1 : 0) + (pairs > 0 ? 1 : 0);
    if (shapes != 1) {
      throw new ParameterException(
          spec.commandLine(), "one of --rate, --concurrency and --pairs has to be given, above 0");
    }
    if (models.size() != (pairs > 0 ? 2 : 1)) {
      throw new ParameterException(
          spec.commandLine(), "one --model has to be given, or two with --pairs");
    }
  }

  private void run(Sender sender, Stop stop) throws InterruptedException {
    Runs.warmUp(sender, models.size(), warmUp, stop);
    if (rate > 0) {
      Runs.open(sender, new Arrivals(rate, seed), stop);
    } else if (concurrency > 0) {
      Runs.closed(sender, concurrency, stop);
    } else {
      Runs.pairs(sender, pairs, pace.toNanos(), stop);
    }
  }

  private void drain(Ledger ledger) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (ledger.open() > 0 && System.nanoTime() < end) {
      Thread.sleep(DRAIN_POLL_MILLIS);
    }
  }

  private void write(Ledger ledger) throws IOException {
    LoadLog closed = ledger.close();
    if (log != null) {
      closed.write(log);
    }
    json.write(ledger.figures());
    PrintWriter out = spec.commandLine().getOut();
    out.println(ledger.line());
    out.flush();
  }

  private void printLines(Ledger ledger) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      while (true) {
        Thread.sleep(LINE_MILLIS);
        out.println(ledger.line());
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopAtEndOfInput(Stop stop) {
    try {
      while (System.in.read() >= 0) {
        // What comes in says nothing; its end does.
      }
    } catch (IOException e) {
      // A broken input is an ended one.
    }
    stop.ask();
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, "load-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
