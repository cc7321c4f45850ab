import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.LatencyCorrectionFactory;
import io.waip.api.drift.DriftWatchFactory;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.resource.DeviceCatalogue;
import io.waip.cost.RooflineFitter;
import io.waip.cost.device.DataSheetCatalogue;
import io.waip.cost.online.OnlineCorrectionFactory;
import io.waip.cost.read.ModelAnalyzerReader;
import io.waip.cost.read.PerfAnalyzerCsvReader;
import io.waip.cost.read.ProfileExportReader;
import io.waip.cost.read.ProfileReader;
import io.waip.cost.read.SplitwiseReader;
import io.waip.cost.read.TritonStatisticsReader;
import io.waip.cost.read.VidurReader;
import io.waip.cost.watch.CalibratingWatchFactory;

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
  exports io.waip.cost.device;
  exports io.waip.cost.drift;
  exports io.waip.cost.online;
  exports io.waip.cost.watch;

  provides CostModelFitter with
      RooflineFitter;
  provides DeviceCatalogue with
      DataSheetCatalogue;
  provides DriftWatchFactory with
      CalibratingWatchFactory;
  provides LatencyCorrectionFactory with
      OnlineCorrectionFactory;
  provides MeasurementReader with
      ModelAnalyzerReader,
      PerfAnalyzerCsvReader,
      ProfileExportReader,
      ProfileReader,
      SplitwiseReader,
      TritonStatisticsReader,
      VidurReader;
}
