package io.waip.cli.plan;

import io.waip.api.deployment.Tenant;
import io.waip.api.plan.PlanningProblem;
import io.waip.cli.config.PlannerConfig;
import io.waip.cli.config.ServiceSettings;
import io.waip.cli.input.UserError;
import io.waip.replay.Noise;
import io.waip.replay.judge.JudgedWindow;
import io.waip.replay.replan.WindowProblem;
import io.waip.replay.trace.Workload;
import java.util.List;

/** Turns a configuration and the requests of a window into a planning problem. */
final class PlanProblem {
  private final WindowProblem problem;
  private final Workload workload;
  private final Noise noise;

  /**
   * Prepares.
   *
   * @throws UserError if the configuration lacks what a plan needs
   */
  PlanProblem(PlannerConfig config, Workload workload, Noise noise, VariantCosts costs) {
    requirePlannable(config);
    this.workload = workload;
    this.noise = noise;
    Plannables plannables = new Plannables(config, costs::of);
    problem =
        new WindowProblem(
            plannables.services(), List.of(Tenant.unlimited("default")), plannables.supply());
  }

  /** Returns the latency bound of a service; offline ones without one have an hour. */
  static long latencyNanos(ServiceSettings service) {
    return Plannables.latency(service).toNanos();
  }

  /**
   * Returns the problem.
   *
   * @param extraNanos added to every latency bound
   * @throws UserError if the configuration lacks what a plan needs
   */
  PlanningProblem problem(long extraNanos) {
    try {
      return problem.problem(workload, noise, extraNanos);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "--config", "", "");
    }
  }

  /** Returns the window that plans are judged on. */
  JudgedWindow window() {
    return problem.window(workload, noise);
  }

  private static void requirePlannable(PlannerConfig config) {
    if (config.devices().isEmpty()) {
      throw noDevices();
    }
    if (!config.governance().isEmpty()) {
      throw UserError.usage(
          "governance rules are not planned with yet, and a plan must not look as if it kept them",
          "--config",
          "no governance",
          "plan the services that the rules concern on devices where they hold, without the rules");
    }
  }

  static UserError noDevices() {
    return UserError.usage(
        "the configuration names no devices",
        "--config",
        "at least one kind of devices",
        "add 'devices: [{ name: l4, count: 8 }]'");
  }
}
