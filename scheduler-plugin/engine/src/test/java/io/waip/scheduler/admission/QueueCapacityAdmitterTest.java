package io.waip.scheduler.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.admission.Refusal;
import org.junit.jupiter.api.Test;

class QueueCapacityAdmitterTest {
  private final Refusal refusal = new Refusal();
  private final FixedLoad load = new FixedLoad();

  private boolean admits(Tier tier, int queued) {
    load.queued = queued;
    RequestDescriptor request = new RequestDescriptor().reset(1, 0, 0).tier(tier);
    return new QueueCapacityAdmitter().admit(0, request, load, refusal);
  }

  @Test
  void fillsTheQueueWithRequestsThatHaveADeadline() {
    assertThat(admits(Tier.INTERACTIVE, 7)).isTrue();
    assertThat(admits(Tier.NEARLINE, 8)).isFalse();
    assertThat(refusal.reason()).isEqualTo(Reason.QUEUE_FULL);
  }

  @Test
  void leavesAnEighthOfTheQueueToDeadlines() {
    assertThat(admits(Tier.OFFLINE, 6)).isTrue();
    assertThat(admits(Tier.OFFLINE, 7)).isFalse();
  }

  @Test
  void takesOneOfflineRequestHoweverSmallTheQueue() {
    load.capacity = 1;
    assertThat(admits(Tier.OFFLINE, 0)).isTrue();
  }

  @Test
  void hintsAtTheTimeTheBacklogTakes() {
    load.backlogNanos = 90;
    load.up = 3;
    admits(Tier.INTERACTIVE, 8);
    assertThat(refusal.retryAfterNanos()).isEqualTo(30);
  }
}
