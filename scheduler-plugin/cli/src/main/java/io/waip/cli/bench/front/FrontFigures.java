package io.waip.cli.bench.front;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.waip.cli.bench.load.LoadFigures;
import io.waip.cli.demo.Machine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of the bench, as its JSON has it.
 *
 * @param tritonVersion of the stock server
 * @param added latency of the front with the planner engaged, whose keys are at the top level
 * @param passedThrough the same with the planner bypassed
 * @param cpu whose keys are at the top level
 * @param capacityDirectRps and {@code capacityFrontRps}: requests per second answered at saturation
 * @param loadRps offered during the faults
 * @param calm load without faults, planner bypassed
 * @param campaign load during the faults
 * @param faults what each fault did
 * @param ringHop hops over the rings; empty without the native part
 * @param machine where it ran
 * @param missed the bars missed; empty: none
 */
record FrontFigures(
    String tritonVersion,
    @JsonUnwrapped AddedLatency added,
    AddedLatency passedThrough,
    @JsonUnwrapped CpuFigures cpu,
    double capacityDirectRps,
    double capacityFrontRps,
    double loadRps,
    @Nullable LoadFigures calm,
    @Nullable LoadFigures campaign,
    List<FaultFigures> faults,
    List<RingHop> ringHop,
    Machine machine,
    List<String> missed) {
  /** Copies the lists. */
  FrontFigures {
    faults = List.copyOf(faults);
    ringHop = List.copyOf(ringHop);
    missed = List.copyOf(missed);
  }
}
