package io.waip.cli.bench.front;

import io.waip.cli.bench.load.LoadFigures;
import io.waip.cli.bench.load.LoadLog;

/**
 * A run of the load generator that has ended.
 *
 * @param figures its account
 * @param log every request
 */
record LoadRun(LoadFigures figures, LoadLog log) {}
