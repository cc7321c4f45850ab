package io.waip.replay.records;

import java.util.Optional;

/**
 * What came of running a file again.
 *
 * @param records how many records, events included, are equal to those recorded, from the first on
 * @param decisions how many of them are dispatches, ends and timers asked for
 * @param divergence where the first that differs is; empty where all are equal
 */
public record Reproduction(long records, long decisions, Optional<Divergence> divergence) {}
