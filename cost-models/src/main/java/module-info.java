import io.waip.api.cost.LatencyModelFactory;
import io.waip.api.measurement.MeasurementReader;
import io.waip.cost.GridLatencyModelFactory;
import io.waip.cost.LinearLatencyModelFactory;
import io.waip.cost.read.ModelAnalyzerReader;
import io.waip.cost.read.PerfAnalyzerCsvReader;
import io.waip.cost.read.ProfileExportReader;
import io.waip.cost.read.TritonStatisticsReader;

/**
 * Cost models: fitted predictions of execution time, readers of what they are fitted to, their
 * correction while serving, and drift.
 */
module io.waip.cost {
  requires transitive io.waip.api;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.csv;
  requires static org.jspecify;

  exports io.waip.cost;
  exports io.waip.cost.drift;
  exports io.waip.cost.online;

  provides LatencyModelFactory with
      GridLatencyModelFactory,
      LinearLatencyModelFactory;
  provides MeasurementReader with
      ModelAnalyzerReader,
      PerfAnalyzerCsvReader,
      ProfileExportReader,
      TritonStatisticsReader;
}
