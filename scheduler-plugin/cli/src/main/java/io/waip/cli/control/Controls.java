package io.waip.cli.control;

import io.waip.api.cost.LatencyModel;
import io.waip.api.plan.DeviceSupply;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.cli.config.ChangeSettings;
import io.waip.cli.config.DeviceSettings;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.PlannerSettings;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.config.VariantSettings;
import io.waip.cli.input.UserError;
import io.waip.cli.plan.Plannables;
import io.waip.replay.judge.PlanSearch;
import io.waip.replay.replan.PlannableService;
import io.waip.replay.replan.PlannableVariant;
import io.waip.replay.replan.WayToRun;
import io.waip.replay.replan.WindowProblem;
import io.waip.scheduler.plan.apply.KeeperSettings;
import io.waip.scheduler.plan.apply.PlanStep;
import io.waip.triton.PlanInbox;
import io.waip.triton.PlanningSpec;
import io.waip.triton.ServiceSpec;
import io.waip.triton.VariantSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts the control loop that a configuration asks for beside a planner. */
public final class Controls {
  private final PlannerConfig config;
  private final PlanningSpec spec;
  private final Consumer<String> log;

  private Controls(PlannerConfig config, PlanningSpec spec, Consumer<String> log) {
    this.config = config;
    this.spec = spec;
    this.log = log;
  }

  /**
   * Starts one where the mode is {@code act} and the server's devices are described; else says why
   * there is none.
   *
   * @param spec that the configuration was read to
   * @param inbox of the planner
   * @param log takes a line for each change, of any thread
   * @throws UserError if a plan of an earlier run cannot be taken over
   */
  public static Optional<ControlThread> start(
      PlannerConfig config, PlanningSpec spec, PlanInbox inbox, Consumer<String> log) {
    if (config.planner().mode() != PlannerSettings.Mode.ACT) {
      return Optional.empty();
    }
    if (config.devices().size() != 1) {
      log.accept(
          "planner: no plans are made: devices names %d kinds, a server has one"
              .formatted(config.devices().size()));
      return Optional.empty();
    }
    return Optional.of(new Controls(config, spec, log).start(inbox));
  }

  private ControlThread start(PlanInbox inbox) {
    List<Integer> maxBatch = new ArrayList<>();
    for (ServiceSpec service : spec.services()) {
      for (VariantSpec variant : service.variants()) {
        maxBatch.add(settings(service, variant).execution().maxBatch());
      }
    }
    ControlTimes times = new ControlTimes(spec, maxBatch);
    List<PlannableService> services = services(times);
    WindowProblem problem = new WindowProblem(services, spec.tenants(), supply());
    ControlSetting setting =
        new ControlSetting(
            services,
            problem,
            times,
            keeping(),
            PlanSearch.Effort.DEFAULT,
            config.planner().seed());
    Optional<PlanFile> file =
        config.planner().changes().stateFile().map(path -> new PlanFile(path, services));
    ControlPlan first =
        file.flatMap(PlanFile::read).orElseGet(() -> ControlPlan.unplanned(services.size()));
    ControlLoop loop = new ControlLoop(setting, first);
    return ControlThread.start(
        loop, spec, inbox, config.planner().period(), new Reporter(file, first, log));
  }

  private KeeperSettings keeping() {
    ChangeSettings changes = config.planner().changes();
    KeeperSettings base = KeeperSettings.DEFAULT;
    return new KeeperSettings(
        config.planner().hysteresis(),
        config.planner().minDwell().toNanos(),
        changes.changesPerHour(),
        changes.tolerance(),
        changes.canaryShare(),
        base.watchWindows(),
        base.quarantineNanos(),
        base.leastRequests());
  }

  private List<PlannableService> services(ControlTimes times) {
    List<PlannableService> services = new ArrayList<>();
    int variant = 0;
    for (ServiceSpec service : spec.services()) {
      List<PlannableVariant> variants = new ArrayList<>();
      for (VariantSpec each : service.variants()) {
        variants.add(variant(service, each, times.of(variant++)));
      }
      boolean isPadded = service.isPaddable();
      services.add(
          new PlannableService(
              service.name(),
              service.objective(),
              isPadded || service.lengths().isEmpty(),
              isPadded,
              settings(service).objective().throughputPerSecond().orElse(0),
              variants));
    }
    return services;
  }

  private PlannableVariant variant(ServiceSpec service, VariantSpec variant, LatencyModel times) {
    VariantSettings settings = settings(service, variant);
    return new PlannableVariant(
        variant.model(),
        Figure.of(variant.quality(), 1, "configuration"),
        loaded(),
        service.bitEqual() ? 1 : settings.execution().maxBatch(),
        service.lengths().isPresent(),
        List.of(
            new WayToRun(
                config.devices().getFirst().name(),
                settings.execution().devicesPerInstance(),
                times)));
  }

  private static Figure loaded() {
    return Figure.of(0, 1, "the server has loaded its models already");
  }

  private WindowProblem.Supply supply() {
    WindowProblem.Supply configured = new Plannables(config, Controls::timesAreLearned).supply();
    DeviceSupply device = configured.devices().getFirst();
    DeviceFacts facts = device.facts();
    DeviceFacts withModels =
        new DeviceFacts(
            facts.device(),
            loaded(),
            facts.memoryBytesPerSecond(),
            facts.operationsPerSecond(),
            facts.boardWatts(),
            facts.idleWatts());
    return new WindowProblem.Supply(
        List.of(
            new DeviceSupply(
                device.name(), device.count(), withModels, device.tariff(), device.region())),
        configured.limits(),
        configured.preference());
  }

  private static LatencyModel timesAreLearned(
      ServiceSettings service, VariantSettings variant, DeviceSettings device) {
    throw new IllegalStateException("only the devices are asked for");
  }

  private ServiceSettings settings(ServiceSpec service) {
    return config.services().stream()
        .filter(each -> each.name().equals(service.name()))
        .findFirst()
        .orElseThrow();
  }

  private VariantSettings settings(ServiceSpec service, VariantSpec variant) {
    return settings(service).variants().stream()
        .filter(each -> each.model().equals(variant.model()))
        .findFirst()
        .orElseThrow();
  }

  /** Says what changes, and keeps the proven plan in its file. */
  private static final class Reporter implements ControlThread.Listener {
    private final Optional<PlanFile> file;
    private final Consumer<String> log;
    private ControlPlan written;

    Reporter(Optional<PlanFile> file, ControlPlan first, Consumer<String> log) {
      this.file = file;
      this.log = log;
      written = first;
    }

    @Override
    public void stepped(SeenWindow window, ControlStep taken, ControlPlan proven) {
      if (taken.step().kind() != PlanStep.Kind.KEEP) {
        log.accept("planner: plan: " + ControlLines.of(taken.step()));
      }
      if (!proven.equals(written)) {
        written = proven;
        file.ifPresent(this::write);
      }
    }

    private void write(PlanFile target) {
      try {
        target.write(written);
      } catch (IOException e) {
        log.accept("planner: the plan is not kept: " + e.getMessage());
      }
    }

    @Override
    public void said(String line) {
      log.accept(line);
    }
  }
}
