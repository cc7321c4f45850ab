package io.waip.cli.demo.load;

import static io.waip.cli.demo.load.Loads.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextLoadTest {
  @Test
  void anInteractiveRequestCountsUntilItsObjective() {
    TextLoad load = Loads.of(1, 1000, 0, 950);
    assertThat(load.tier(1)).isEqualTo(Tier.INTERACTIVE);
    assertThat(load.lastUsefulNanos(1)).isEqualTo(1050 * MS);
    assertThat(load.tenant(1)).isEqualTo(TextLoad.INTERACTIVE_TENANT);
  }

  @Test
  void anOfflineRequestCountsUntilTheEndOfTheWindow() {
    TextLoad load = Loads.of(0, 1000, 0, 950);
    RequestDescriptor descriptor = new RequestDescriptor();
    load.describe(1, descriptor);
    assertThat(load.lastUsefulNanos(1)).isEqualTo(1000 * MS);
    assertThat(descriptor.deadlineNanos()).isEqualTo(RequestDescriptor.NO_DEADLINE);
    assertThat(descriptor.tier()).isEqualTo(Tier.OFFLINE);
    assertThat(descriptor.tenant()).isEqualTo(1);
  }

  @Test
  void aRequestHasTheLengthOfItsText() {
    TextLoad load = Loads.even(0.5, 1000, 100);
    assertThat(IntStream.range(0, 100).map(load::length)).containsOnly(3, 5, 9, 20);
    assertThat(load.length(7)).isEqualTo(load.texts().length(load.text(7)));
  }

  @Test
  void drawsAboutTheShareOfInteractiveRequests() {
    TextLoad load = Loads.even(0.2, 10_000, 5000);
    long interactive =
        IntStream.range(0, 5000).filter(i -> load.tier(i) == Tier.INTERACTIVE).count();
    // Binomial: 1000 expected, standard deviation 28.
    assertThat(interactive).isBetween(880L, 1120L);
  }

  @Test
  void theSameSeedDrawsTheSameRequests() {
    TextLoad first = Loads.even(0.5, 1000, 50);
    TextLoad second = Loads.even(0.5, 1000, 50);
    for (int i = 0; i < 50; i++) {
      assertThat(second.text(i)).isEqualTo(first.text(i));
      assertThat(second.tier(i)).isEqualTo(first.tier(i));
    }
  }

  @Test
  void offersItsRequestsPerSecondOfWindow() {
    assertThat(Loads.even(0, 2000, 50).offeredRps()).isEqualTo(25);
  }

  @Test
  void aWindowWithoutLengthIsMisuse() {
    assertThatThrownBy(() -> new TextLoad.Window(MS, 0))
        .hasMessage("slo and window must be positive, are 1000000 and 0 ns");
  }
}
