package io.waip.cost.read;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the JSON of {@code perf_analyzer --profile-export-file}: median and 99th percentile of the
 * requests that found the server idle, one measurement for each load that has some.
 *
 * <ul>
 *   <li>A request counts when none was in flight as it was sent ({@link LoadRun#timesAlone}).
 *       Others waited, or shared a batch whose size the file does not tell. Loads of more than one
 *       request in flight have none.
 *   <li>The time runs from sending to the first response, both stamped by the client, so the
 *       network is in it. It begins at the send that took place: the file does not hold the
 *       schedule, and what a client sends late is no part of an execution. Omission by coordination
 *       distorts latencies under load, which are not taken.
 *   <li>Windows before the last three are left out, as perf_analyzer does until it is stable. Its
 *       warm-up requests are not in the file.
 *   <li>Where requests have several responses the time is that of the prompts ({@link
 *       Phase#PREFILL}). Times of further tokens are not taken: a response need not be one token,
 *       and the last may be empty without a sign of it.
 * </ul>
 *
 * Batch, length and model are told by the name of the file ({@link FileSetting}).
 *
 * <p>Form: triton-inference-server/perf_analyzer, commit 263c5f6, {@code
 * src/profile_data_exporter.cc}; what is in it: {@code src/inference_profiler.cc}
 * (ValidLatencyMeasurement, ProfileHelper), {@code src/infer_context.cc} (stamps).
 */
public final class ProfileExportReader implements MeasurementReader {
  @Override
  public String name() {
    return "perf-analyzer-json";
  }

  @Override
  public boolean recognises(Path file, String head) {
    return head.stripLeading().startsWith("{") && head.contains("\"experiments\"");
  }

  @Override
  public List<Measurement> read(Path file) throws IOException {
    FileSetting setting = FileSetting.withBatch(file);
    Source source = new Source(file.toString(), 0);
    List<LoadRun> runs = ProfileExport.read(file);
    List<Measurement> measurements = new ArrayList<>();
    for (LoadRun run : runs) {
      long[] times = run.timesAlone();
      if (times.length > 0) {
        Phase phase = run.isStreamed() ? Phase.PREFILL : Phase.WHOLE;
        measurements.add(
            Measurement.ofExecutions(
                setting.subject(phase), setting.batch(), setting.length(), times, source));
      }
    }
    if (measurements.isEmpty()) {
      throw new MeasurementFormatException(
          source,
          "no request of its %d loads was sent while none was in flight".formatted(runs.size()),
          "requests that find the server idle, since batches are not known of others",
          "measure with --concurrency-range 1 or at a lower rate");
    }
    return measurements;
  }
}
