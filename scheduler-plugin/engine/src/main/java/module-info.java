/** The deterministic scheduling engine: events in, decisions out; no clock, threads or I/O. */
@SuppressWarnings("module") // The replay is built after the engine.
module io.waip.scheduler {
  requires transitive io.waip.api;
  requires org.agrona;
  requires HdrHistogram;
  requires ojalgo;
  requires static org.jspecify;

  exports io.waip.scheduler.runtime;
  exports io.waip.scheduler.feedback;
  exports io.waip.scheduler.plan to
      io.waip.replay;
  exports io.waip.scheduler.plan.agreement;
  exports io.waip.scheduler.plan.apply;
  exports io.waip.scheduler.plan.shift;
  exports io.waip.scheduler.plan.solve;
}
