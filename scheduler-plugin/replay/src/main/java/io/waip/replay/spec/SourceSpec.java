package io.waip.replay.spec;

import io.waip.replay.arrivals.ArrivalSpec;
import java.nio.file.Path;

/** Where arrivals come from. */
public sealed interface SourceSpec {
  /**
   * A trace file.
   *
   * @param trace in a form {@link io.waip.replay.trace.TraceReader} reads
   */
  record Recorded(Path trace) implements SourceSpec {}

  /**
   * A generated process.
   *
   * @param arrivals the process up to its rate
   */
  record Generated(ArrivalSpec arrivals) implements SourceSpec {}
}
