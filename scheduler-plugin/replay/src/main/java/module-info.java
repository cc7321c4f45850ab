import io.waip.api.measurement.MeasurementReader;
import io.waip.replay.records.RecordedExecutionsReader;

/** Virtual-time replay: traces, arrivals, baselines, the goodput limit. */
module io.waip.replay {
  requires transitive io.waip.api;
  requires transitive io.waip.scheduler;
  requires transitive com.fasterxml.jackson.databind;
  requires org.agrona;
  requires org.apache.commons.rng.api;
  requires org.apache.commons.rng.sampling;
  requires static org.jspecify;

  exports io.waip.replay;
  exports io.waip.replay.arrivals;
  exports io.waip.replay.capacity;
  exports io.waip.replay.diagnose;
  exports io.waip.replay.diagnose.read;
  exports io.waip.replay.drive;
  exports io.waip.replay.dynamic;
  exports io.waip.replay.explain;
  exports io.waip.replay.judge;
  exports io.waip.replay.limit;
  exports io.waip.replay.policy;
  exports io.waip.replay.records;
  exports io.waip.replay.replan;
  exports io.waip.replay.shadow;
  exports io.waip.replay.spec;
  exports io.waip.replay.table;
  exports io.waip.replay.trace;
  exports io.waip.replay.tune;

  provides MeasurementReader with
      RecordedExecutionsReader;
}
