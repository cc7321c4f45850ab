package io.waip.cli.plan;

import io.waip.cli.config.DeviceSettings;
import io.waip.cli.config.ExpectedLoad;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.replay.Noise;
import io.waip.replay.Pace;
import io.waip.replay.Traffic;
import io.waip.replay.capacity.CapacityAnswer;
import io.waip.replay.capacity.CapacityPlanner;
import io.waip.replay.capacity.CapacityQuestion;
import io.waip.replay.capacity.DeviceKind;
import io.waip.replay.capacity.ServiceTarget;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.Trace;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code waip plan --capacity}: asks how many devices are enough. */
final class CapacityRun {
  private static final int REFERENCE_BATCH = 16;

  private final PlannerConfig config;
  private final Noise noise;
  private final Cancellation cancellation;

  CapacityRun(PlannerConfig config, Noise noise, Cancellation cancellation) {
    this.config = config;
    this.noise = noise;
    this.cancellation = cancellation;
  }

  /**
   * Returns the requests: of a trace at its pace, or generated as the services expect them.
   *
   * @throws UserError if nothing says how many requests there are, or services expect them to come
   *     in different ways
   */
  Traffic traffic(@Nullable Trace trace, int generated, int[] lengths) {
    Traffic all =
        trace == null ? expected(generated) : Traffic.recorded(trace, new Pace.Speedup(1));
    return lengths.length == 0 ? all : all.withLengths(lengths);
  }

  private Traffic expected(int count) {
    List<ExpectedLoad> loads =
        config.services().stream().map(PlannedRequests::expectedLoad).toList();
    if (loads.stream().map(ExpectedLoad::arrivals).distinct().count() > 1) {
      throw UserError.usage(
          "services expect requests to arrive in different ways",
          "--config",
          "one arrival process for all services with --capacity",
          "give all the same arrivals, or a --trace");
    }
    double rate = loads.stream().mapToDouble(ExpectedLoad::ratePerSecond).sum();
    return Traffic.generated(loads.getFirst().arrivals(), count, new Pace.Rate(rate));
  }

  /** Answers, prints and writes. */
  int answer(Traffic traffic, PrintWriter out, JsonOutput json) {
    CapacityQuestion question = question(traffic);
    CapacityTable table = new CapacityTable(out);
    CapacityAnswer answer =
        CapacityPlanner.answer(
            question,
            figures -> {
              requireGoingOn();
              table.looked(figures);
            });
    table.answer(answer);
    json.write(CapacityJson.of(answer));
    return 0;
  }

  private void requireGoingOn() {
    if (cancellation.isRequested()) {
      throw new UserError("stopped while looking for a capacity; no JSON written", "", "", "");
    }
  }

  private static UserError unpriced(DeviceSettings device) {
    return UserError.usage(
        "nothing says what a '" + device.name() + "' costs",
        "--config",
        "money_per_hour of every kind of devices with --capacity",
        "add 'money_per_hour: 0.8' to it, or 0 where cost does not matter");
  }

  private CapacityQuestion question(Traffic traffic) {
    if (config.devices().isEmpty()) {
      throw PlanProblem.noDevices();
    }
    int maxBatch =
        config.services().stream()
            .mapToInt(service -> serving(service).execution().maxBatch())
            .min()
            .orElseThrow();
    try {
      return new CapacityQuestion(
          traffic,
          config.services().stream().map(this::target).toList(),
          config.devices().stream().map(CapacityRun::kind).toList(),
          maxBatch,
          noise,
          CapacityQuestion.Effort.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "--config", "", "");
    }
  }

  private ServiceTarget target(ServiceSettings service) {
    boolean anyExpects = config.services().stream().anyMatch(s -> s.expected().isPresent());
    double share = anyExpects ? PlannedRequests.expectedLoad(service).ratePerSecond() : 1;
    CostSpec cost = VariantCosts.given(service, serving(service));
    return new ServiceTarget(
        new ServiceSpec(service.name(), share, PlanProblem.latencyNanos(service), cost),
        service.objective().latency().percentile() / 100);
  }

  /** Returns the fastest of the variants that may answer every request under the floor. */
  private static VariantSettings serving(ServiceSettings service) {
    double floor = service.objective().qualityFloor();
    return service.variants().stream()
        .filter(variant -> floor == 0 || variant.quality().orElse(0) >= floor)
        .min(
            Comparator.comparingLong(
                variant -> VariantCosts.given(service, variant).medianNanos(0, REFERENCE_BATCH, 1)))
        .orElseThrow();
  }

  private static DeviceKind kind(DeviceSettings device) {
    return new DeviceKind(
        device.name(),
        device.count(),
        device.speed(),
        List.of(),
        device.price().orElseThrow(() -> unpriced(device)),
        device.spot());
  }
}
