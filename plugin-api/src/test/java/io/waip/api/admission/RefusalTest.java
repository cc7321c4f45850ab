package io.waip.api.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Reason;
import org.junit.jupiter.api.Test;

class RefusalTest {
  @Test
  void saysNothingUntilFilled() {
    assertThat(new Refusal().reason()).isEqualTo(Reason.NONE);
    assertThat(new Refusal().retryAfterNanos()).isZero();
  }

  @Test
  void keepsTheLastCauseAndAnswersForTheAdmitter() {
    Refusal refusal = new Refusal();
    assertThat(refusal.refuse(Reason.QUEUE_FULL, 5)).isFalse();
    assertThat(refusal.refuse(Reason.RATE_LIMIT, 7)).isFalse();
    assertThat(refusal.reason()).isEqualTo(Reason.RATE_LIMIT);
    assertThat(refusal.retryAfterNanos()).isEqualTo(7);
  }
}
