package io.waip.replay.capacity;

import io.waip.replay.Loss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What limits the devices just below those that suffice, or the best ones where none do.
 *
 * @param figures of those devices
 * @param shares where their requests were lost, the largest first
 */
public record Shortfall(CapacityFigures figures, List<LossShare> shares) {
  private static final double LEAST_TOLD = 0.0005;
  private static final int MOST_TOLD = 3;

  /** Copies the list. */
  public Shortfall {
    shares = List.copyOf(shares);
  }

  /** Divides what was lost by its causes. */
  static Shortfall of(CapacityFigures figures, List<Loss> losses, double offeredPerSecond) {
    List<LossShare> shares = new ArrayList<>();
    add(shares, "expired_in_queue", losses, Loss::expiredRps, offeredPerSecond);
    add(shares, "padding", losses, Loss::paddingRps, offeredPerSecond);
    add(shares, "idle_while_backlog", losses, Loss::idleRps, offeredPerSecond);
    add(shares, "late_in_batch", losses, Loss::lateRps, offeredPerSecond);
    add(shares, "failed", losses, Loss::failedRps, offeredPerSecond);
    add(shares, "bound_looseness", losses, Loss::loosenessRps, offeredPerSecond);
    double told = shares.stream().mapToDouble(LossShare::share).sum();
    shares.add(new LossShare("beyond_limit", 1 - figures.all().share() - told));
    shares.sort(Comparator.comparingDouble(LossShare::share).reversed());
    return new Shortfall(figures, shares);
  }

  private static void add(
      List<LossShare> shares,
      String cause,
      List<Loss> losses,
      ToDoubleFunction<Loss> part,
      double offeredPerSecond) {
    shares.add(new LossShare(cause, losses.stream().mapToDouble(part).sum() / offeredPerSecond));
  }

  /** Returns text such as {@code at 3 l4: expired in queue 4.0 %}. */
  public String text() {
    String parts =
        shares.stream()
            .filter(each -> each.share() >= LEAST_TOLD)
            .limit(MOST_TOLD)
            .map(each ->
                String.format(
                    Locale.ROOT, "%s %.1f %%", each.cause().replace('_', ' '), 100 * each.share()))
            .collect(Collectors.joining(", "));
    return "at " + figures.purchase().text() + ": " + (parts.isEmpty() ? "nothing lost" : parts);
  }
}
