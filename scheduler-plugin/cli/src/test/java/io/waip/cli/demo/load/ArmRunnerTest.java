package io.waip.cli.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.cli.runtime.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Runs an arm against a server made of nothing: it answers at once, or when it is told to. */
class ArmRunnerTest {
  private final Cancellation cancellation = new Cancellation();

  /** Answers the requests a predicate names; the others stay open until they are withdrawn. */
  private static final class InstantServing implements Serving {
    private final IntPredicate answers;
    private final List<Runnable> open = new ArrayList<>();
    private boolean closed;

    InstantServing(IntPredicate answers) {
      this.answers = answers;
    }

    @Override
    public List<String> variants() {
      return List.of("only");
    }

    @Override
    public synchronized void send(TextLoad load, int request, Replies replies) {
      if (answers.test(request)) {
        float[] hidden = new float[load.length(request)];
        replies.ended(
            request, new Reply(Outcome.COMPLETED, Reason.NONE, hidden, load.length(request)));
      } else {
        open.add(() -> replies.ended(request, Reply.without(Outcome.CANCELLED, Reason.CLIENT)));
      }
    }

    @Override
    public synchronized int open() {
      return open.size();
    }

    @Override
    public synchronized void cancelOpen() {
      open.forEach(Runnable::run);
      open.clear();
    }

    @Override
    public long forwarded() {
      return 0;
    }

    @Override
    public List<String> problems() {
      return List.of();
    }

    @Override
    public ExecutionLog executions() {
      return new ExecutionLog();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private ArmRun run(InstantServing serving, TextLoad load) throws InterruptedException {
    return new ArmRunner((v, b, l) -> Loads.MS, cancellation)
        .run(new Arm("arm", "arm", () -> serving), Loads.even(0.5, 100, 4), load, log -> {});
  }

  @Test
  void everyRequestIsSentAndEndsOnce() throws InterruptedException {
    InstantServing serving = new InstantServing(i -> true);
    ArmFigures figures = run(serving, Loads.even(1, 300, 20)).figures();
    assertThat(figures.isSound()).isTrue();
    assertThat(figures.requests()).isEqualTo(20);
    assertThat(figures.sloAttainment()).isEqualTo(1);
    assertThat(serving.closed).isTrue();
  }

  @Test
  void whatIsOpenAtTheEndIsWithdrawnAndCountsAsUnfinished() throws InterruptedException {
    ArmFigures figures = run(new InstantServing(i -> i % 2 == 0), Loads.even(1, 300, 20)).figures();
    assertThat(figures.unfinished()).isEqualTo(10);
    assertThat(figures.errors() + figures.lost() + figures.shed()).isZero();
  }

  @Test
  void aSignalStopsTheLoadAndLeavesNothingUnaccounted() throws InterruptedException {
    ArmRun run =
        new ArmRunner((v, b, l) -> Loads.MS, cancellation)
            .run(
                new Arm("arm", "arm", () -> new InstantServing(i -> true)),
                Loads.even(0.5, 100, 4),
                Loads.even(0.5, 600_000, 60_000),
                log -> cancellation.request());
    ArmFigures figures = run.figures();
    assertThat(figures.requests()).isLessThan(1000);
    assertThat(figures.lost()).isZero();
    assertThat(figures.duplicated()).isZero();
  }
}
