package io.waip.cli.plan;

import io.waip.api.plan.DeviceSupply;
import io.waip.api.resource.DeviceCatalogue;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Tariff;
import io.waip.cli.config.DeviceSettings;
import java.util.Currency;
import java.util.OptionalDouble;
import java.util.ServiceLoader;

/** What is known of the configuration's devices: what it says, else what the catalogue says. */
final class DeviceTerms {
  private static final String SOURCE = "configuration";

  /** No currency is named: all prices are in one that the user knows. */
  private static final Currency UNNAMED = Currency.getInstance("XXX");

  /** Rent commonly holds the building's part; energy is billed apart only where a price says so. */
  private static final Figure NO_OVERHEAD = Figure.of(1, 1, "devices alone");

  /** Returns the devices of a kind with their facts and prices. */
  DeviceSupply supply(DeviceSettings device) {
    return new DeviceSupply(
        device.name(), device.count(), facts(device), tariff(device), device.region());
  }

  private static DeviceFacts facts(DeviceSettings device) {
    DeviceFacts known =
        ServiceLoader.load(DeviceCatalogue.class)
            .findFirst()
            .map(catalogue -> catalogue.find(device.facts().catalogue()))
            .orElseGet(() -> DeviceFacts.unknown(device.name()));
    return new DeviceFacts(
        device.name(),
        given(device.facts().memoryBytes(), known.memoryBytes()),
        known.memoryBytesPerSecond(),
        known.operationsPerSecond(),
        known.boardWatts(),
        given(device.facts().idleWatts(), known.idleWatts()));
  }

  private static Figure given(OptionalDouble value, Figure otherwise) {
    return value.isPresent() ? Figure.of(value.getAsDouble(), 1, SOURCE) : otherwise;
  }

  /** The price of a device is the mean of its kind's when all are used. */
  private static Tariff tariff(DeviceSettings device) {
    OptionalDouble each =
        device
            .price()
            .map(price -> OptionalDouble.of(price.moneyPerHour(device.count()) / device.count()))
            .orElse(OptionalDouble.empty());
    return new Tariff(
        UNNAMED,
        given(each, Figure.unknown("price of " + device.name())),
        given(device.facts().moneyPerKilowattHour(), Figure.of(0, 1, "energy is in the rent")),
        given(
            device.facts().gramsPerKilowattHour(),
            Figure.unknown("grams per kWh of " + device.name())),
        NO_OVERHEAD);
  }
}
