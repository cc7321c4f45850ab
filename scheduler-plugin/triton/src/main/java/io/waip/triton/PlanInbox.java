package io.waip.triton;

import io.waip.api.plan.ServicePlan;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands plans to a running planner, which takes the latest within some 50 ms. Any thread may offer.
 *
 * <p>The order survives the planner's loop: one that begins anew, after the front's restart, takes
 * it over at once.
 */
public final class PlanInbox {
  private final AtomicReference<@Nullable Order> latest = new AtomicReference<>();

  /**
   * Parameters to schedule by.
   *
   * @param arm tells requests that arrive under it from others, {@code >= 0}; 0 is that of a
   *     planner without an order
   * @param services one for each service, in the specification's order
   */
  public record Order(int arm, List<ServicePlan> services) {
    /** Copies the list. */
    public Order {
      services = List.copyOf(services);
    }
  }

  /**
   * Offers an order in the place of those before.
   *
   * @throws IllegalArgumentException if it limits other variants than the specification has
   */
  public void offer(PlanningSpec spec, Order order) {
    boolean fits = order.services().size() == spec.services().size();
    for (int s = 0; fits && s < spec.services().size(); s++) {
      int limits = order.services().get(s).limits().variants().size();
      fits = limits == 0 || limits == spec.services().get(s).variants().size();
    }
    if (!fits) {
      throw new IllegalArgumentException("the plan is of other services or variants");
    }
    latest.set(order);
  }

  /** Returns the latest order, or null. */
  @Nullable Order latest() {
    return latest.get();
  }
}
