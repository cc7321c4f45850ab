import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.LatencyModelFactory;
import io.waip.api.measurement.MeasurementReader;
import io.waip.cost.GridLatencyModelFactory;
import io.waip.cost.LinearLatencyModelFactory;
import io.waip.cost.RooflineFitter;
import io.waip.cost.RooflineLatencyModelFactory;
import io.waip.cost.table.SplitwiseReader;
import io.waip.cost.table.VidurReader;

/** Cost models: fitted predictions of execution time. */
module io.waip.cost {
  requires transitive io.waip.api;
  requires static org.jspecify;

  exports io.waip.cost;

  provides CostModelFitter with
      RooflineFitter;
  provides LatencyModelFactory with
      GridLatencyModelFactory,
      LinearLatencyModelFactory,
      RooflineLatencyModelFactory;
  provides MeasurementReader with
      SplitwiseReader,
      VidurReader;
}
