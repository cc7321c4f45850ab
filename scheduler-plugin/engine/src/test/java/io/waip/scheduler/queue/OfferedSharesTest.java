package io.waip.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.deployment.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tenants that ask for given parts of a device, one request of that work each millisecond. */
class OfferedSharesTest {
  private static final long MS = 1_000_000L;

  private long now;

  private static OfferedShares shares(double... weights) {
    List<Tenant> tenants = new ArrayList<>();
    for (double weight : weights) {
      tenants.add(new Tenant("t" + tenants.size(), weight, Double.POSITIVE_INFINITY, 1));
    }
    return new OfferedShares(tenants);
  }

  private void offer(OfferedShares shares, int devices, int millis, double... parts) {
    for (int i = 0; i < millis; i++) {
      now += MS;
      for (int t = 0; t < parts.length; t++) {
        if (parts[t] > 0) {
          shares.offered(now, t, parts[t] * MS);
        }
      }
      shares.refresh(now, devices);
    }
  }

  @Test
  void protectsNobodyWhereAllFits() {
    OfferedShares shares = shares(1, 1);
    offer(shares, 1, 5_000, 0.1, 0.75);
    assertThat(shares.anyProtected()).isFalse();
  }

  @Test
  void protectsTheTenantInsideItsShareFromTheOneThatIsNot() {
    OfferedShares shares = shares(1, 1);
    offer(shares, 1, 5_000, 0.1, 10);
    assertThat(shares.isProtected(0)).isTrue();
    assertThat(shares.isProtected(1)).isFalse();
    assertThat(shares.anyProtected()).isTrue();
  }

  @Test
  void aShareGoesByWeightAndByWhatOthersLeave() {
    // 0.9 of 2 devices: 0.2 goes to the first, 1.6 by 3:1 to the others, 1.2 and 0.4.
    OfferedShares shares = shares(1, 3, 1);
    offer(shares, 2, 8_000, 0.2, 1.15, 5);
    assertThat(shares.isProtected(1)).isTrue();
    offer(shares, 2, 8_000, 0.2, 1.25, 5);
    assertThat(shares.isProtected(1)).isFalse();
    assertThat(shares.isProtected(0)).isTrue();
  }

  @Test
  void protectsNobodyWhereAllAskForMoreThanTheirShare() {
    OfferedShares shares = shares(3, 1);
    offer(shares, 1, 5_000, 2, 2);
    assertThat(shares.anyProtected()).isFalse();
  }

  @Test
  void protectionEndsWithTheFlood() {
    OfferedShares shares = shares(1, 1);
    offer(shares, 1, 3_000, 0.1, 4);
    assertThat(shares.isProtected(0)).isTrue();
    // exp(-2) of 4 is 0.54: with 0.1 less than 0.9.
    offer(shares, 1, 2_000, 0.1, 0);
    assertThat(shares.isProtected(0)).isFalse();
  }

  @Test
  void aTenantThatSendsNothingIsNotProtected() {
    OfferedShares shares = shares(1, 1, 1);
    offer(shares, 1, 3_000, 0.1, 4);
    assertThat(shares.isProtected(2)).isFalse();
  }

  @Test
  void oneTenantAloneIsNeverProtected() {
    OfferedShares shares = shares(1);
    offer(shares, 1, 100, 50);
    assertThat(shares.anyProtected()).isFalse();
  }

  @Test
  void looksAgainOnlyAfterAMillisecond() {
    OfferedShares shares = shares(1, 1);
    shares.refresh(0, 1);
    shares.offered(0, 0, 2 * MS);
    shares.offered(0, 1, 90 * MS);
    shares.refresh(MS - 1, 1);
    assertThat(shares.anyProtected()).isFalse();
    shares.refresh(MS, 1);
    assertThat(shares.isProtected(0)).isTrue();
  }

  @Test
  void seesAFloodAtTheStartWithinHundredthsOfASecond() {
    OfferedShares shares = shares(1, 1);
    offer(shares, 1, 12, 0.1, 10);
    assertThat(shares.isProtected(0)).isTrue();
    assertThat(shares.isProtected(1)).isFalse();
  }
}
