package io.waip.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.cost.LatencyModel;
import org.junit.jupiter.api.Test;

/** What every {@link LatencyModel} does. A test class extends this and names the model. */
public abstract class LatencyModelContract {
  private static final int LARGEST_BATCH = 64;
  private static final int LONGEST = 512;

  /** For subclasses. */
  protected LatencyModelContract() {}

  /** Creates a model that knows the variants {@code [0, variants())} and no other. */
  protected abstract LatencyModel create();

  /** Returns how many variants the model knows, {@code >= 1}. */
  protected abstract int variants();

  @Test
  void predictsAPositiveTimeForEveryShapeOfAKnownVariant() {
    LatencyModel model = create();
    for (int v = 0; v < variants(); v++) {
      for (int batch = 1; batch <= LARGEST_BATCH; batch++) {
        for (int length = 1; length <= LONGEST; length += 7) {
          assertThat(model.medianNanos(v, batch, length)).isPositive();
        }
      }
    }
  }

  @Test
  void neverFallsAsTheBatchGrows() {
    LatencyModel model = create();
    for (int v = 0; v < variants(); v++) {
      for (int length = 1; length <= LONGEST; length += 5) {
        for (int batch = 2; batch <= LARGEST_BATCH; batch++) {
          assertThat(model.medianNanos(v, batch, length))
              .isGreaterThanOrEqualTo(model.medianNanos(v, batch - 1, length));
        }
      }
    }
  }

  @Test
  void neverFallsAsTheLengthGrows() {
    LatencyModel model = create();
    for (int v = 0; v < variants(); v++) {
      for (int batch = 1; batch <= LARGEST_BATCH; batch += 3) {
        for (int length = 2; length <= LONGEST; length++) {
          assertThat(model.medianNanos(v, batch, length))
              .isGreaterThanOrEqualTo(model.medianNanos(v, batch, length - 1));
        }
      }
    }
  }

  @Test
  void knowsNothingOfAnotherVariant() {
    assertThat(create().medianNanos(variants(), 1, 1)).isEqualTo(LatencyModel.UNKNOWN_NANOS);
    assertThat(create().medianNanos(variants() + 50, 8, 16)).isEqualTo(LatencyModel.UNKNOWN_NANOS);
  }

  @Test
  void answersTheSameEachTime() {
    LatencyModel model = create();
    assertThat(model.medianNanos(0, 5, 17)).isEqualTo(model.medianNanos(0, 5, 17));
    assertThat(create().medianNanos(0, 5, 17)).isEqualTo(model.medianNanos(0, 5, 17));
  }
}
