package io.waip.cost.online;

import io.waip.cost.internal.Finite;
import java.util.Arrays;

/**
 * A bound on the next log residual of each cell that only a given share exceeds, whatever their
 * distribution and also while it drifts.
 *
 * <p><b>Bound:</b> split conformal prediction: of the latest n residuals the one of rank {@code
 * ceil((n + 1)(1 - eps))} (V. Vovk, A. Gammerman and G. Shafer, "Algorithmic Learning in a Random
 * World", 2005). Where there are fewer than {@code 1/eps - 1} it is the largest times 1.15. They
 * are those of the cell, or of its row where the cell has fewer than 50, or of all where the row
 * has.
 *
 * <p><b>Drift:</b> after each execution {@code eps += step (missShare - miss)}, miss being 1 where
 * the bound was exceeded (I. Gibbs and E. Candès, "Adaptive Conformal Inference Under Distribution
 * Shift", NeurIPS 2021). After T executions the share of misses is then within {@code (1 + step) /
 * (step T)} of the one aimed at, as long as the largest residual times 1.15 is exceeded by none;
 * eps is kept in {@code [-step, 1/2]}.
 *
 * <p>An execution takes time in proportion to the window, a bound constant time. Single thread;
 * allocates nothing after construction.
 */
public final class AdaptiveConformal {
  /** Fewest residuals of a pool that is asked by itself. */
  static final int LEAST_POOL = 50;

  private static final double BEYOND_LARGEST = Math.log(1.15);
  private static final double MOST_EPS = 0.5;

  private final ShapeGrid grid;
  private final ConformalSettings settings;
  private final ScoreWindow[] cells;
  private final ScoreWindow[] rows;
  private final ScoreWindow all;
  private double eps;

  /** Begins without a residual. */
  public AdaptiveConformal(ShapeGrid grid, ConformalSettings settings) {
    this.grid = grid;
    this.settings = settings;
    cells = windows(grid.cells(), settings.window());
    rows = windows(grid.rows(), settings.window());
    all = new ScoreWindow(settings.window());
    eps = settings.missShare();
  }

  private static ScoreWindow[] windows(int count, int capacity) {
    ScoreWindow[] windows = new ScoreWindow[count];
    Arrays.setAll(windows, i -> new ScoreWindow(capacity));
    return windows;
  }

  /**
   * Learns from an execution, after comparing it with the bound as of now.
   *
   * @param logResidual finite
   * @throws IllegalArgumentException if it is not
   */
  public void executed(int batch, int length, double logResidual) {
    Finite.require(logResidual, "log residual");
    if (isKnown()) {
      boolean isMiss = logResidual > bound(batch, length);
      double step = settings.step() * (settings.missShare() - (isMiss ? 1 : 0));
      eps = Math.clamp(eps + step, -settings.step(), MOST_EPS);
    }
    cells[grid.cell(batch, length)].add(logResidual);
    rows[grid.row(batch)].add(logResidual);
    all.add(logResidual);
  }

  /** Says whether there is a residual to take a bound from. */
  public boolean isKnown() {
    return all.size() > 0;
  }

  /**
   * Returns the bound on the next log residual of a shape.
   *
   * @throws ArrayIndexOutOfBoundsException if it is not known
   */
  public double bound(int batch, int length) {
    ScoreWindow pool = pool(batch, length);
    int rank = (int) Math.ceil((pool.size() + 1) * (1 - eps));
    return rank <= pool.size() ? pool.ranked(rank) : pool.ranked(pool.size()) + BEYOND_LARGEST;
  }

  /** Returns eps: the share of misses aimed at now, at most 1/2, and none where it is below 0. */
  public double aimedMissShare() {
    return eps;
  }

  /** Forgets all residuals; the share aimed at begins anew. */
  public void clear() {
    for (ScoreWindow cell : cells) {
      cell.clear();
    }
    for (ScoreWindow row : rows) {
      row.clear();
    }
    all.clear();
    eps = settings.missShare();
  }

  private ScoreWindow pool(int batch, int length) {
    ScoreWindow cell = cells[grid.cell(batch, length)];
    if (cell.size() >= LEAST_POOL) {
      return cell;
    }
    ScoreWindow row = rows[grid.row(batch)];
    return row.size() >= LEAST_POOL ? row : all;
  }
}
