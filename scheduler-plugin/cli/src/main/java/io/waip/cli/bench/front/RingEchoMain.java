package io.waip.cli.bench.front;

import io.waip.nativebridge.rings.ChannelView;
import io.waip.nativebridge.rings.DecideWriter;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.nativebridge.rings.SharedMapping;
import io.waip.nativebridge.rings.SubmitReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A planner without an engine: decides each request of the first channel at once, alone. What a hop
 * over the rings takes with it is what the way itself takes.
 */
public final class RingEchoMain {
  private static final long LONGEST_SLEEP_NANOS = 10_000_000;

  private final SharedMapping mapping;
  private final ChannelView channel;
  private int generation;
  private long dispatch;

  private RingEchoMain(SharedMapping mapping) {
    this.mapping = mapping;
    channel = mapping.channels().getFirst();
  }

  /**
   * Serves until the mapping is given up.
   *
   * @param args {@code --rings FILE}
   */
  public static void main(String[] args) throws Exception {
    try (SharedMapping mapping = SharedMapping.attach(Path.of(args[1]))) {
      new RingEchoMain(mapping).run();
    }
  }

  private void run() {
    mapping.announceVersion();
    mapping.heartbeat(System.nanoTime());
    mapping.ready();
    while (!mapping.isAbandoned()) {
      if (!turn()) {
        mapping.announceSleep();
        if (!turn()) {
          mapping.sleep(LONGEST_SLEEP_NANOS);
        }
        mapping.announceAwake();
      }
    }
  }

  /** Does what there is to do; false when there was nothing. */
  private boolean turn() {
    mapping.heartbeat(System.nanoTime());
    boolean worked = follow();
    SubmitReader submits = channel.submits();
    DecideWriter decisions = channel.decisions();
    while (generation != 0 && decisions.isWritable() && submits.poll()) {
      decisions
          .request(submits.slot(), submits.generation())
          .dispatched(0, ++dispatch)
          .shape(1, 1)
          .publish(System.nanoTime());
      channel.wakeDispatcher();
      worked = true;
    }
    while (channel.completions().poll()) {
      worked = true;
    }
    return worked;
  }

  private boolean follow() {
    int now = channel.isOpen() ? channel.generation() : 0;
    if (now == generation) {
      return false;
    }
    generation = now;
    if (now != 0) {
      channel.write(
          new ServiceTable(true, List.of(channel.defaultVariant()), Optional.empty()), now);
      channel.wakeDispatcher();
    }
    return true;
  }
}
