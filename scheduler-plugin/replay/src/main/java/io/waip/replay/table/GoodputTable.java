package io.waip.replay.table;

import io.waip.replay.Devices;
import io.waip.replay.Noise;
import io.waip.replay.Pace;
import io.waip.replay.ReplaySpec;
import io.waip.replay.Traffic;
import io.waip.replay.arrivals.ArrivalSpec;
import io.waip.replay.limit.WorkerPool;
import io.waip.replay.spec.CostSpec;
import io.waip.replay.spec.DeviceSpec;
import io.waip.replay.spec.ServiceSpec;
import io.waip.replay.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * The workloads of the table: latency objectives, workers and loads for each {@link CellKind}.
 *
 * <p>Equal lengths and the order of unequal ones come from a recorded trace; bursts have
 * independent gamma gaps with a coefficient of variation of {@value #BURST_CV}, as the gaps of the
 * Azure code trace have (Patel et al., Splitwise, ISCA 2024).
 */
public final class GoodputTable {
  /** Coefficient of variation of the gaps of bursts. */
  public static final double BURST_CV = 13;

  private static final double[] LOADS = {0.5, 0.8, 1.0, 1.2, 1.5};
  private static final int[] WORKERS = {1, 4};
  private static final int[] SLOS_MS = {30, 50, 100};
  private static final int[] SLO_MS = {50};
  private static final int BURST_REQUESTS = 20_000;
  private static final int MAX_BATCH = 64;
  private static final long SEED = 1;
  private static final double NOISE = 0.05;
  private static final CostSpec EQUAL_COST = new CostSpec(4e6, 0.8e6, 0);
  private static final CostSpec PADDED_COST = new CostSpec(4e6, 0, 0.02e6);

  private final List<Cell> cells = new ArrayList<>();

  private GoodputTable() {}

  /**
   * Returns all workloads, in a fixed order.
   *
   * @param trace arrivals of equal and unequal lengths
   * @param lengths of the unequal ones, each {@code >= 1}
   */
  public static List<Cell> cells(Trace trace, int[] lengths) {
    GoodputTable table = new GoodputTable();
    DoubleFunction<Traffic> recorded = load -> Traffic.recorded(trace, new Pace.Load(load));
    table.add(CellKind.EQUAL, SLOS_MS, EQUAL_COST, recorded);
    table.add(CellKind.NOISY, SLOS_MS, EQUAL_COST, recorded);
    table.add(
        CellKind.BURSTS,
        SLO_MS,
        EQUAL_COST,
        load -> Traffic.generated(new ArrivalSpec.Gamma(BURST_CV), BURST_REQUESTS, load));
    table.add(
        CellKind.LENGTHS, SLO_MS, PADDED_COST, load -> recorded.apply(load).withLengths(lengths));
    table.addFleet(recorded);
    return List.copyOf(table.cells);
  }

  private void add(CellKind kind, int[] slosMs, CostSpec cost, DoubleFunction<Traffic> traffic) {
    Noise noise = new Noise(kind == CellKind.NOISY ? NOISE : 0, SEED);
    for (int workers : WORKERS) {
      WorkerPool pool = new WorkerPool(workers, 1, MAX_BATCH);
      for (int slo : slosMs) {
        for (double load : LOADS) {
          String name =
              String.format(
                  Locale.ROOT,
                  "%s/workers=%d/slo=%dms/load=%.1f",
                  kind.name().toLowerCase(Locale.ROOT),
                  workers,
                  slo,
                  load);
          ReplaySpec spec =
              new ReplaySpec(traffic.apply(load), slo * 1_000_000L, cost, pool, noise);
          cells.add(new Cell(name, kind, spec));
        }
      }
    }
  }

  private void addFleet(DoubleFunction<Traffic> traffic) {
    ServiceSpec tight = new ServiceSpec("tight", 1, 30_000_000L, EQUAL_COST);
    ServiceSpec loose = new ServiceSpec("loose", 1, 100_000_000L, EQUAL_COST);
    List<DeviceSpec> kinds = List.of(new DeviceSpec("fast", 2, 2), new DeviceSpec("slow", 4, 1));
    Devices devices = new Devices(kinds, MAX_BATCH, List.of());
    for (double load : LOADS) {
      String name =
          String.format(Locale.ROOT, "fleet/fast=2/slow=4/slo=30ms+100ms/load=%.1f", load);
      ReplaySpec spec =
          new ReplaySpec(traffic.apply(load), List.of(tight, loose), devices, new Noise(0, SEED));
      cells.add(new Cell(name, CellKind.FLEET, spec));
    }
  }
}
