package io.waip.scheduler.queue;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.scheduler.state.RequestTable;

/** Adds requests to a table, one line each. */
final class Requests {
  final RequestTable table;
  private long nextId = 1;

  Requests(int capacity) {
    table = new RequestTable(capacity);
  }

  /** Adds a request of tenant 0 that any endpoint may run; returns its slot. */
  int add(long key) {
    return add(key, 0, Tier.INTERACTIVE, -1L);
  }

  int add(long key, int tenant, Tier tier, long endpoints) {
    RequestDescriptor request =
        new RequestDescriptor().reset(nextId++, 0, tenant).tier(tier).deadlineNanos(key);
    return table.add(request, key, endpoints, 0.1);
  }
}
