package io.waip.benchmarks.architecture.planted.scheduler.queue;

import org.ojalgo.optimisation.ExpressionsBasedModel;

/** Breaks: the data plane knows no solver. */
final class SolvesALinearProgram {
  final ExpressionsBasedModel model = new ExpressionsBasedModel();
}
