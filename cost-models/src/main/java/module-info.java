import io.waip.api.cost.LatencyModelFactory;
import io.waip.cost.GridLatencyModelFactory;
import io.waip.cost.LinearLatencyModelFactory;

/** Cost models: fitted predictions of execution time, their correction while serving, and drift. */
module io.waip.cost {
  requires transitive io.waip.api;
  requires static org.jspecify;

  exports io.waip.cost;
  exports io.waip.cost.drift;
  exports io.waip.cost.online;

  provides LatencyModelFactory with
      GridLatencyModelFactory,
      LinearLatencyModelFactory;
}
