package io.waip.cost.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.contract.DriftWatchContract;
import io.waip.api.drift.DriftWatchFactory;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class CalibratingWatchTest extends DriftWatchContract {
  @Override
  protected DriftWatchFactory factory() {
    return new CalibratingWatchFactory();
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(DriftWatchFactory.class))
        .extracting(DriftWatchFactory::name)
        .containsExactly(CalibratingWatchFactory.NAME);
  }
}
