package io.waip.cli.replay;

import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplayReport;
import io.waip.replay.ReplaySpec;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waip replay}: policies over one workload in virtual time, beside the limit. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {
  private final Cancellation cancellation;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ReplayOptions options = new ReplayOptions();
  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command; a requested cancellation ends it after the policy under way. */
  public ReplayCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    json.check();
    ReplaySpec asked = options.spec();
    List<Policy> policies = options.policies();
    Replay replay = prepared(asked);
    ReplayTable table = new ReplayTable(spec.commandLine().getOut());
    table.workload(asked, replay, options.notes());
    GoodputLimit limit = replay.limit();
    Optional<ClairvoyantGoodput> clairvoyant = replay.clairvoyant();
    table.limits(limit, clairvoyant, replay.workload());
    List<PolicyRun> runs = new ArrayList<>();
    for (Policy policy : policies) {
      requireGoingOn(runs.size(), policies.size());
      PolicyRun run = replay.play(policy);
      table.row(run, limit);
      table.details(run, replay.tenants());
      runs.add(run);
    }
    ReplayReport report = new ReplayReport(asked, replay, limit, clairvoyant, runs);
    json.write(ReplayFigures.of(report, simulatedPerSecond(replay, policies.getFirst())));
    return 0;
  }

  /** Runs a policy once more, now that it is warm, and says how fast that went. */
  private static double simulatedPerSecond(Replay replay, Policy policy) {
    long started = System.nanoTime();
    replay.play(policy);
    return replay.workload().size() * 1e9 / (System.nanoTime() - started);
  }

  private static Replay prepared(ReplaySpec asked) {
    try {
      return Replay.of(asked);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()), "", "", "");
    }
  }

  private void requireGoingOn(int done, int all) {
    if (cancellation.isRequested()) {
      throw new UserError(
          "stopped after %d of %d policies; no JSON written".formatted(done, all), "", "", "");
    }
  }
}
