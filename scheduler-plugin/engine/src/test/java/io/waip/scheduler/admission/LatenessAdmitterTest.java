package io.waip.scheduler.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Refusal;
import io.waip.api.cost.LatencyModel;
import org.junit.jupiter.api.Test;

/** A request alone takes 10 ns; the lateness factor is 2. */
class LatenessAdmitterTest {
  private final Refusal refusal = new Refusal();
  private final FixedLoad load = new FixedLoad();
  private final LatenessAdmitter admitter = new LatenessAdmitter();

  private boolean admits(long nowNanos, long deadlineNanos) {
    RequestDescriptor request = new RequestDescriptor().reset(1, 0, 0).deadlineNanos(deadlineNanos);
    return admitter.admit(nowNanos, request, load, refusal);
  }

  @Test
  void admitsWhatJustFitsAlone() {
    assertThat(admits(100, 110)).isTrue();
    assertThat(admits(100, 109)).isFalse();
    assertThat(refusal.reason()).isEqualTo(Reason.PREDICTED_LATE);
  }

  @Test
  void admitsWithoutADeadlineWhateverTheLoad() {
    load.queued = 8;
    load.backlogNanos = Long.MAX_VALUE / 2;
    assertThat(admits(-5, RequestDescriptor.NO_DEADLINE)).isTrue();
  }

  @Test
  void admitsWhereNothingIsPredicted() {
    load.aloneNanos = LatencyModel.UNKNOWN_NANOS;
    assertThat(admits(100, 101)).isTrue();
  }

  @Test
  void comparesTheWaitWithTheSlackTimesTheFactor() {
    load.queued = 1;
    load.up = 2;
    load.busyNanos = 20;
    load.backlogNanos = 40;
    // wait = 20 + 40 / 2 = 40; slack = 20, and 20 * 2 is just enough
    assertThat(admits(0, 30)).isTrue();
    assertThat(admits(0, 29)).isFalse();
    assertThat(refusal.retryAfterNanos()).isEqualTo(40 - 19);
  }

  @Test
  void countsThePartOfTheBacklogThatGoesBeforeTheTenant() {
    load.queued = 1;
    load.backlogNanos = 1_000;
    assertThat(admits(0, 30)).isFalse();
    load.ownBacklogNanos = 40;
    assertThat(admits(0, 30)).isTrue();
  }

  @Test
  void neverCountsTheWaitWhileNothingIsQueued() {
    load.busyNanos = 1_000;
    assertThat(admits(0, 30)).isTrue();
  }

  @Test
  void survivesHavingNoEndpointUp() {
    load.queued = 1;
    load.up = 0;
    load.busyNanos = Long.MAX_VALUE / 4;
    assertThat(admits(0, 30)).isFalse();
    assertThat(refusal.retryAfterNanos()).isPositive();
  }
}
