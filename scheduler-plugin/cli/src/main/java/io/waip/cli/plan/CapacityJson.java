package io.waip.cli.plan;

import io.waip.replay.capacity.CapacityAnswer;
import io.waip.replay.capacity.CapacityFigures;
import io.waip.replay.capacity.OfferAnswer;
import io.waip.replay.capacity.ServiceAttainment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer on capacity as JSON; components become snake_case keys.
 *
 * @param suffices whether any devices looked at are enough
 * @param chosen the cheapest that are enough, or the best that was reached
 * @param offers what was found for each kind
 * @param limitedBy what limits one device fewer, in words
 */
record CapacityJson(
    boolean suffices,
    int requests,
    double offeredRps,
    Devices chosen,
    List<Offered> offers,
    String limitedBy,
    List<Change> whatIf,
    List<String> spot) {

  /** What devices do. */
  record Devices(
      String devices,
      int count,
      double moneyPerHour,
      boolean suffices,
      double attainment,
      List<Attained> services,
      double goodputRps,
      double limitRps,
      @Nullable Double clairvoyantRps,
      double utilisation) {}

  /** What a service attains, with the bootstrap interval. */
  record Attained(
      String service, double target, double attainment, double p5, double p95, int requests) {}

  /** What was found for one kind. */
  record Offered(String offer, int ruledOut, @Nullable Integer smallest, List<Devices> looked) {}

  /** What a change would buy, in share of requests in time. */
  record Change(String change, String devices, double attainmentMore) {}

  static CapacityJson of(CapacityAnswer answer) {
    return new CapacityJson(
        answer.suffices(),
        answer.requests(),
        answer.offeredPerSecond(),
        devices(answer.chosen()),
        answer.offers().stream().map(CapacityJson::offered).toList(),
        answer.shortfall().text(),
        answer.whatIfs().stream()
            .map(each -> new Change(each.change(), each.figures().purchase().text(), each.gain()))
            .toList(),
        answer.spot().stream().map(each -> each.text()).toList());
  }

  private static Offered offered(OfferAnswer offer) {
    return new Offered(
        offer.offer().text(),
        offer.ruledOut(),
        offer.smallest().isPresent() ? offer.smallest().getAsInt() : null,
        offer.looked().stream().map(CapacityJson::devices).toList());
  }

  private static Devices devices(CapacityFigures figures) {
    return new Devices(
        figures.purchase().text(),
        figures.purchase().count(),
        figures.moneyPerHour(),
        figures.suffices(),
        figures.all().share(),
        figures.services().stream().map(CapacityJson::attained).toList(),
        figures.goodputPerSecond(),
        figures.limitPerSecond(),
        figures.clairvoyantPerSecond().isPresent()
            ? figures.clairvoyantPerSecond().getAsDouble()
            : null,
        figures.utilisation());
  }

  private static Attained attained(ServiceAttainment service) {
    return new Attained(
        service.service(),
        service.target(),
        service.attainment().share(),
        service.attainment().low(),
        service.attainment().high(),
        service.requests());
  }
}
