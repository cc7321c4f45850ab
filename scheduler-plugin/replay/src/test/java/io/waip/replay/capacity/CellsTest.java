package io.waip.replay.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waip.replay.Noise;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More devices than one engine takes. */
class CellsTest {
  private static final Offer L4 = new Offer("l4", false);

  private static final int REQUESTS = 20_000;

  private static Cells cells(int first, int second) {
    return new Cells(
        new Purchase(
            List.of(
                new Purchase.Lot(L4, first), new Purchase.Lot(new Offer("t4", false), second))));
  }

  /** Up to 9 requests/s on a device, in batches of 9 that take 1 s. */
  private static CapacityQuestion large(double perSecond, int most) {
    CostSpec cost = CostSpec.parse("alpha=100ms,beta=100ms");
    ServiceSpec service = ServiceSpec.only(1000 * Questions.MS, cost);
    return new CapacityQuestion(
        Questions.traffic("poisson", REQUESTS, perSecond),
        List.of(new ServiceTarget(service, 0.99)),
        List.of(DeviceKind.of("l4", most, 1, 1)),
        64,
        Noise.none(1),
        Questions.effort(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 64, 65, 128, 129, 1000})
  void everyDeviceIsInOneCellOfAtMostSixtyFour(int devices) {
    Cells cells = cells(devices - 1, 1);
    int all = 0;
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int cell = 0; cell < cells.count(); cell++) {
      int size = cells.members(0, cell).size() + cells.members(1, cell).size();
      all += size;
      least = Math.min(least, size);
      most = Math.max(most, size);
    }
    assertThat(all).isEqualTo(devices);
    assertThat(most).isBetween(least, Math.min(64, least + 1));
  }

  @Test
  void aCellGetsTheShareOfTheRequestsThatItHasOfTheDevices() {
    Workload whole = new Trials(large(100, 1), _ -> {}).demand(List.of(L4)).workload();
    Cells cells = new Cells(L4.of(65));
    List<Workload> parts = new ArrayList<>();
    for (int cell = 0; cell < cells.count(); cell++) {
      parts.add(cells.part(whole, cell).orElseThrow());
    }
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).size() + parts.get(1).size()).isEqualTo(REQUESTS);
    assertThat(parts.get(0).size()).isCloseTo(REQUESTS * 33 / 65, within(33));
    assertThat(parts).allMatch(part -> part.windowNanos() == whole.windowNanos());
  }

  @Test
  void aCellWithoutRequestsIsLeftOut() {
    CapacityQuestion few = Questions.simple(Questions.traffic("poisson", 2, 100), 1000);
    CapacityFigures figures = new Trials(few, _ -> {}).figures(L4.of(1000));
    assertThat(figures.all().share()).isEqualTo(1);
  }

  @Test
  void numbersUpToAThousandAreFound() {
    long start = System.nanoTime();
    CapacityAnswer answer = CapacityPlanner.answer(large(6000, 1000));
    OfferAnswer offer = answer.offers().getFirst();
    System.out.printf(
        "figures: 6000/s on devices of 9/s: %s, ruled out up to %d, looked at %d, %.1f s; %s%n",
        answer.chosen().purchase().text(),
        offer.ruledOut(),
        offer.looked().size(),
        (System.nanoTime() - start) / 1e9,
        answer.shortfall().text());
    assertThat(answer.suffices()).isTrue();
    assertThat(answer.chosen().purchase().count()).isBetween(600, 1000);
    assertThat(answer.chosen().goodputPerSecond())
        .isLessThanOrEqualTo(answer.chosen().limitPerSecond() * 1.000001);
  }
}
