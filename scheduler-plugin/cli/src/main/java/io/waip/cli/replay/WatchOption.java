package io.waip.cli.replay;

import io.waip.api.drift.DriftWatchFactory;
import io.waip.replay.DriftFindings;
import io.waip.replay.DriftObserver;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.drive.RunObserver;
import io.waip.replay.policy.Policy;
import java.util.EnumMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --watch} option of {@code waip replay}, and what was found with it. */
final class WatchOption {
  @Option(
      names = "--watch",
      description =
          "Watch costs and requests for drift beside each policy, and count how many batches stay"
              + " below their p99 bound.")
  private boolean wanted;

  private final Map<Policy, DriftFindings> findings = new EnumMap<>(Policy.class);

  /** Runs a policy by {@code player}, watched where asked for. */
  PolicyRun play(Replay replay, Policy policy, Function<RunObserver, PolicyRun> player) {
    if (!wanted) {
      return player.apply(RunObserver.NONE);
    }
    DriftObserver observer = replay.watchedBy(watches());
    PolicyRun run = player.apply(observer);
    findings.put(policy, observer.findings());
    return run;
  }

  private static DriftWatchFactory watches() {
    return ServiceLoader.load(DriftWatchFactory.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no watch for drift on the class path"));
  }

  /** Returns what was found beside a policy that was run, or null where nothing watched. */
  @Nullable DriftFindings findings(Policy policy) {
    return findings.get(policy);
  }
}
