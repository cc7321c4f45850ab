package io.waip.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestDescriptorTest {
  @Test
  void carriesWhatWasSet() {
    RequestDescriptor request =
        new RequestDescriptor()
            .reset(9, 2, 3)
            .tier(Tier.OFFLINE)
            .length(44)
            .arrivalNanos(-5)
            .deadlineNanos(77)
            .qualityFloor(0.9)
            .region(1);
    assertThat(request.requestId()).isEqualTo(9);
    assertThat(request.service()).isEqualTo(2);
    assertThat(request.tenant()).isEqualTo(3);
    assertThat(request.tier()).isEqualTo(Tier.OFFLINE);
    assertThat(request.length()).isEqualTo(44);
    assertThat(request.arrivalNanos()).isEqualTo(-5);
    assertThat(request.deadlineNanos()).isEqualTo(77);
    assertThat(request.qualityFloor()).isEqualTo(0.9);
    assertThat(request.region()).isEqualTo(1);
  }

  @Test
  void forgetsTheEarlierRequestOnReset() {
    RequestDescriptor request =
        new RequestDescriptor()
            .reset(1, 0, 0)
            .tier(Tier.OFFLINE)
            .length(44)
            .arrivalNanos(5)
            .deadlineNanos(77)
            .qualityFloor(0.9)
            .region(1)
            .reset(2, 0, 0);
    assertThat(request.tier()).isEqualTo(Tier.INTERACTIVE);
    assertThat(request.length()).isEqualTo(1);
    assertThat(request.arrivalNanos()).isZero();
    assertThat(request.deadlineNanos()).isEqualTo(RequestDescriptor.NO_DEADLINE);
    assertThat(request.qualityFloor()).isZero();
    assertThat(request.region()).isEqualTo(RequestDescriptor.NO_REGION);
  }
}
