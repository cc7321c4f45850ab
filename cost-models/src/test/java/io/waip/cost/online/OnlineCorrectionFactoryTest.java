package io.waip.cost.online;

import io.waip.api.contract.LatencyCorrectionContract;
import io.waip.api.cost.LatencyCorrectionFactory;
import java.util.ServiceLoader;

class OnlineCorrectionFactoryTest extends LatencyCorrectionContract {
  @Override
  protected LatencyCorrectionFactory create() {
    return ServiceLoader.load(LatencyCorrectionFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.name().equals(OnlineCorrectionFactory.NAME))
        .findFirst()
        .orElseThrow();
  }
}
