package io.waip.cli.bench.front;

import io.waip.cli.bench.load.LoadFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the faults.
 *
 * @param calm the account of the load before them, planner bypassed; null when there were none
 * @param campaign the account of the load during them; null when there were none
 * @param faults by kind
 */
record FaultResult(
    @Nullable LoadFigures calm, @Nullable LoadFigures campaign, List<FaultFigures> faults) {
  static final FaultResult NONE = new FaultResult(null, null, List.of());

  /** Copies the list. */
  FaultResult {
    faults = List.copyOf(faults);
  }
}
