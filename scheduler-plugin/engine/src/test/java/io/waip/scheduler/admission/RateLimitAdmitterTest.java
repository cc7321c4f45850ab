package io.waip.scheduler.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.admission.Refusal;
import io.waip.api.deployment.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitAdmitterTest {
  private static final long SECOND = 1_000_000_000L;

  private final Refusal refusal = new Refusal();
  private final FixedLoad load = new FixedLoad();

  /** Two a second, three at once; the second tenant has no limit. */
  private final RateLimitAdmitter admitter =
      new RateLimitAdmitter(List.of(new Tenant("t", 1, 2, 3), Tenant.unlimited("u")));

  private boolean admits(long nowNanos, int tenant) {
    return admitter.admit(nowNanos, new RequestDescriptor().reset(1, 0, tenant), load, refusal);
  }

  private int admitted(long nowNanos, int attempts) {
    int admitted = 0;
    for (int i = 0; i < attempts; i++) {
      admitted += admits(nowNanos, 0) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void admitsTheBurstAtOnceAndNoMore() {
    assertThat(admitted(0, 5)).isEqualTo(3);
    assertThat(refusal.reason()).isEqualTo(Reason.RATE_LIMIT);
    assertThat(refusal.retryAfterNanos()).isEqualTo(SECOND / 2);
  }

  @Test
  void refillsAtTheRateUpToTheBurst() {
    admitted(0, 3);
    assertThat(admitted(SECOND / 2, 2)).isEqualTo(1);
    assertThat(admitted(SECOND * 100, 9)).isEqualTo(3);
  }

  @Test
  void countsAttemptsAtTheHintedTimeAsAdmissible() {
    admitted(0, 4);
    assertThat(admits(refusal.retryAfterNanos(), 0)).isTrue();
  }

  @Test
  void startsFullWhereverTheClockStarts() {
    assertThat(admitted(-4_000_000_000L * SECOND, 4)).isEqualTo(3);
  }

  @Test
  void neverLimitsATenantWithoutARate() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(admits(0, 1)).isTrue();
    }
  }
}
