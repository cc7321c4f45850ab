package io.waip.replay.table;

import io.waip.replay.ReplaySpec;

/**
 * A workload of the table.
 *
 * @param name such as {@code bursts/workers=1/slo=50ms/load=0.8}
 * @param kind what is required
 * @param spec the workload
 */
public record Cell(String name, CellKind kind, ReplaySpec spec) {}
