package io.waip.replay.capacity;

import io.waip.api.deployment.Deployment;
import io.waip.replay.trace.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Devices in cells of at most {@value Deployment#MAX_ENDPOINTS}, each with an engine of its own, as
 * behind a router that deals requests in turn. Devices are numbered lot after lot; of N devices
 * number d is in cell {@code d mod cells}, and request i goes to the cell of device {@code i mod
 * N}, so a cell's share of the requests is its share of the devices.
 *
 * @param purchase all devices
 */
record Cells(Purchase purchase) {
  /** Returns how many cells there are. */
  int count() {
    return Math.ceilDiv(purchase.count(), Deployment.MAX_ENDPOINTS);
  }

  /** Returns the numbers of a lot's devices that are in a cell, counted within the lot. */
  List<Integer> members(int lot, int cell) {
    int first = purchase.lots().subList(0, lot).stream().mapToInt(Purchase.Lot::count).sum();
    List<Integer> members = new ArrayList<>();
    for (int d = 0; d < purchase.lots().get(lot).count(); d++) {
      if ((first + d) % count() == cell) {
        members.add(d);
      }
    }
    return members;
  }

  /** Returns the requests of a cell, or empty where it gets none. */
  Optional<Workload> part(Workload whole, int cell) {
    if (count() == 1) {
      return Optional.of(whole);
    }
    Workload.Builder part = new Workload.Builder(whole.windowNanos());
    boolean isEmpty = true;
    for (int i = 0; i < whole.size(); i++) {
      if (i % purchase.count() % count() == cell) {
        part.add(
            new Workload.Request(
                whole.service(i),
                whole.arrivalNanos(i),
                whole.length(i),
                whole.tier(i),
                whole.tenant(i),
                whole.deadlineNanos(i)));
        isEmpty = false;
      }
    }
    return isEmpty ? Optional.empty() : Optional.of(part.build());
  }
}
