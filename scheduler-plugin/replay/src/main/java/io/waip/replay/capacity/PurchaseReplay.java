package io.waip.replay.capacity;

import io.waip.replay.Devices;
import io.waip.replay.Loss;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import io.waip.replay.ReplaySpec;
import io.waip.replay.limit.ClairvoyantGoodput;
import io.waip.replay.limit.Outage;
import io.waip.replay.policy.Policy;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.EventSpec;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One purchase over the requests of a question: the planner's engine runs in every cell. All cells
 * draw the same noise factors. Single thread.
 */
final class PurchaseReplay {
  private final CapacityQuestion question;
  private final Demand demand;
  private final Purchase purchase;
  private final List<List<List<Interruption>>> interruptions = new ArrayList<>();
  private final List<Replay> cells = new ArrayList<>();

  /**
   * Prepares the cells.
   *
   * @param demand of the purchase's offers
   */
  PurchaseReplay(CapacityQuestion question, Demand demand, Purchase purchase) {
    this.question = question;
    this.demand = demand;
    this.purchase = purchase;
    purchase.lots().forEach(lot -> interruptions.add(interruptions(lot)));
    Cells plan = new Cells(purchase);
    for (int cell = 0; cell < plan.count(); cell++) {
      Optional<Workload> part = plan.part(demand.workload(), cell);
      if (part.isPresent()) {
        cells.add(Replay.over(spec(plan, cell), part.get()));
      }
    }
  }

  private List<List<Interruption>> interruptions(Purchase.Lot lot) {
    Offer offer = lot.offer();
    int kind = question.kindIndex(offer.kind());
    List<List<Interruption>> ofLot = new ArrayList<>();
    for (int d = 0; d < lot.count(); d++) {
      ofLot.add(
          offer.isSpot()
              ? Interruption.draw(
                  question.kinds().get(kind).spot().orElseThrow(),
                  demand.workload().windowNanos(),
                  question.noise().seed(),
                  kind,
                  d)
              : List.of());
    }
    return ofLot;
  }

  private ReplaySpec spec(Cells plan, int cell) {
    List<DeviceSpec> classes = new ArrayList<>();
    List<EventSpec> events = new ArrayList<>();
    for (int lot = 0; lot < purchase.lots().size(); lot++) {
      List<Integer> members = plan.members(lot, cell);
      if (!members.isEmpty()) {
        Offer offer = purchase.lots().get(lot).offer();
        DeviceSpec device = Demand.device(question, offer, members.size());
        classes.add(device);
        for (int m = 0; m < members.size(); m++) {
          String worker = device.workerNames().get(m);
          interruptions
              .get(lot)
              .get(members.get(m))
              .forEach(interruption -> events.addAll(events(worker, interruption)));
        }
      }
    }
    Devices devices = new Devices(classes, question.maxBatch(), events);
    return new ReplaySpec(question.traffic(), Demand.specs(question), devices, question.noise());
  }

  private static List<EventSpec> events(String worker, Interruption interruption) {
    return List.of(
        new EventSpec(interruption.noticeNanos(), worker, "drain"),
        new EventSpec(interruption.downNanos(), worker, "down"),
        new EventSpec(interruption.upNanos(), worker, "up"));
  }

  /** Runs all cells. */
  CapacityFigures figures() {
    BootstrapSettings settings = question.effort().bootstrap();
    Workload whole = demand.workload();
    int services = question.services().size();
    BlockTally tally = new BlockTally(services, whole.windowNanos(), settings.blockNanos());
    double busy = 0;
    for (Replay cell : cells) {
      PolicyRun run = cell.play(Policy.WAIP);
      tally.add(run);
      busy += run.log().busyNanos();
    }
    return new CapacityFigures(
        purchase,
        purchase.moneyPerHour(question),
        tally.ofAll(settings, question.noise().seed()),
        services(tally),
        tally.good() * 1e9 / whole.windowNanos(),
        limitPerSecond(),
        OptionalDouble.empty(),
        busy / whole.windowNanos() / purchase.count(),
        interruptions.stream().flatMap(List::stream).mapToInt(List::size).sum(),
        tally.blocks());
  }

  private List<ServiceAttainment> services(BlockTally tally) {
    List<ServiceAttainment> services = new ArrayList<>();
    for (int s = 0; s < question.services().size(); s++) {
      ServiceTarget target = question.services().get(s);
      services.add(
          new ServiceAttainment(
              target.service().name(),
              (int) tally.offered(s),
              target.attainment(),
              tally.ofService(s, question.effort().bootstrap(), question.noise().seed())));
    }
    return services;
  }

  private double limitPerSecond() {
    List<Integer> workers = purchase.lots().stream().map(Purchase.Lot::count).toList();
    List<List<Outage>> outages = interruptions.stream().map(PurchaseReplay::outages).toList();
    return demand.nominal().at(workers, outages).ratePerSecond();
  }

  private static List<Outage> outages(List<List<Interruption>> ofLot) {
    return ofLot.stream()
        .flatMap(List::stream)
        .filter(each -> each.upNanos() > each.downNanos())
        .map(each -> new Outage(each.downNanos(), each.upNanos(), 1))
        .toList();
  }

  /** Returns where requests went that were not served in time: those of all cells together. */
  List<Loss> losses() {
    return cells.stream()
        .map(cell -> Loss.of(cell.limit(), Optional.empty(), cell.play(Policy.WAIP)))
        .toList();
  }

  /**
   * Searches for the best schedule on one cell of devices that stay.
   *
   * @return requests per second; empty where there are several cells, interruptions or too many
   *     requests
   */
  OptionalDouble clairvoyantPerSecond() {
    return cells.size() > 1
        ? OptionalDouble.empty()
        : cells.getFirst().clairvoyant().stream()
            .mapToDouble(ClairvoyantGoodput::ratePerSecond)
            .findFirst();
  }
}
