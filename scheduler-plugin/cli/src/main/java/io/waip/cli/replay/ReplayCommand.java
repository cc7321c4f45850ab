package io.waip.cli.replay;

import io.waip.cli.input.UserError;
import io.waip.cli.replay.page.ReportOptions;
import io.waip.cli.replay.page.ReportRun;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.cli.runtime.ProgressLine;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplayReport;
import io.waip.replay.ReplaySpec;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.GoodputLimit;
import io.waip.replay.policy.Policy;
import io.waip.replay.tune.TunedSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  @Mixin private BucketsOption buckets = new BucketsOption();
  @Mixin private RecordsOption records = new RecordsOption();
  @Mixin private ShadowOption shadow = new ShadowOption();
  @Mixin private WatchOption watch = new WatchOption();
  @Mixin private JsonOutput json = new JsonOutput();
  @Mixin private ReportOptions reportOptions = new ReportOptions();

  /** Creates the command; a requested cancellation ends it after the policy under way. */
  public ReplayCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    json.check();
    Path recorded = records.toRepeat(spec);
    if (recorded != null) {
      return RepeatedRun.of(recorded, spec.commandLine().getOut(), json);
    }
    reportOptions.check();
    ReplaySpec asked = options.spec();
    List<Policy> policies = records.policies(options.policies(), spec);
    Replay stock = buckets.applyTo(prepared(asked), asked, policies);
    shadow.check(stock, records.isWanted());
    ReplayTable table = new ReplayTable(spec.commandLine().getOut());
    table.workload(asked, stock, options.notes());
    Optional<TunedSettings> tuned =
        options.isTuned() ? Optional.of(tuned(stock)) : Optional.empty();
    Replay replay = tuned.map(found -> stock.withTriton(found.settings())).orElse(stock);
    GoodputLimit limit = replay.limit();
    Optional<ClairvoyantGoodput> clairvoyant = replay.clairvoyant();
    table.limits(limit, clairvoyant, replay.workload());
    tuned.ifPresent(table::tuned);
    table.head();
    ReportRun html = new ReportRun(reportOptions, cancellation, progress());
    List<PolicyRun> runs = new ArrayList<>();
    for (Policy policy : policies) {
      requireGoingOn(runs.size(), policies.size());
      ShadowOption.Shadowed shadowed = shadow.beside(replay, policy);
      PolicyRun run =
          records.isWanted()
              ? records.play(replay, policy, spec)
              : watch.play(
                  replay,
                  policy,
                  seen -> html.play(asked, replay, policy, seen.and(shadowed.observer())));
      table.row(run, limit);
      table.details(run, replay);
      table.drift(watch.findings(policy));
      shadow.report(shadowed, spec.commandLine().getOut());
      runs.add(run);
    }
    ReplayReport report = new ReplayReport(asked, replay, limit, clairvoyant, tuned, runs);
    Map<String, @Nullable Object> figures =
        ReplayFigures.of(report, watch::findings, simulatedPerSecond(replay, policies.getFirst()));
    shadow.addTo(figures);
    json.write(figures);
    html.write(report).ifPresent(file -> spec.commandLine().getOut().println("report: " + file));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private TunedSettings tuned(Replay replay) {
    TunedSettings tuned = replay.tuneTriton(cancellation::isRequested);
    if (cancellation.isRequested()) {
      throw new UserError("stopped while tuning; no JSON written", "", "", "");
    }
    return tuned;
  }

  private ProgressLine progress() {
    return new ProgressLine(spec.commandLine().getErr(), ProgressLine.isTerminal());
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
