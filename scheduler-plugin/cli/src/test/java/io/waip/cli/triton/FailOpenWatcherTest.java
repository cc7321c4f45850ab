package io.waip.cli.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.triton.PlannerWatcher;
import io.waip.triton.SeenArrival;
import io.waip.triton.SeenExecution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailOpenWatcherTest {
  private final List<String> told = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  /** Fails at the second execution. */
  private final PlannerWatcher failing =
      new PlannerWatcher() {
        @Override
        public void arrived(SeenArrival arrival) {
          told.add("arrived");
        }

        @Override
        public void ended(long nowNanos, int service, Outcome outcome, int arm) {
          told.add("ended one");
        }

        @Override
        public void executed(SeenExecution execution) {
          told.add("executed");
          if (told.size() > 2) {
            throw new IllegalArgumentException("drawn too often");
          }
        }

        @Override
        public void advanced(long nowNanos) {
          told.add("advanced");
        }

        @Override
        public void ended() {
          told.add("ended");
        }
      };

  private final FailOpenWatcher watcher = new FailOpenWatcher(failing, "the watch", log::add);

  @Test
  void passesOnEverythingWhileNothingFails() {
    watcher.arrived(SeenArrival.of(1, 0, 0, 1));
    watcher.executed(SeenExecution.of(0, 1, 1, 1, 1));
    watcher.ended(2, 0, Outcome.COMPLETED, 0);
    watcher.advanced(2);
    watcher.ended();
    assertThat(told).containsExactly("arrived", "executed", "ended one", "advanced", "ended");
    assertThat(log).isEmpty();
  }

  @Test
  void tellsAFailedWatcherNothingMoreAndSaysSoOnce() {
    watcher.arrived(SeenArrival.of(1, 0, 0, 1));
    watcher.executed(SeenExecution.of(0, 1, 1, 1, 1));
    watcher.executed(SeenExecution.of(0, 1, 1, 1, 1));
    watcher.executed(SeenExecution.of(0, 1, 1, 1, 1));
    watcher.ended();
    assertThat(told).containsExactly("arrived", "executed", "executed");
    assertThat(log)
        .containsExactly(
            "planner: the watch failed and goes on no more; planning does:"
                + " IllegalArgumentException: drawn too often");
  }
}
