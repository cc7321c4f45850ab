package io.waip.replay.records;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the executions in a file of records: median and 99th percentile for each variant, batch and
 * padded length, over all endpoints, whose hardware the file does not tell.
 *
 * <p>Only executions that completed are taken; what was predicted is not. The whole file is checked
 * as {@link RecordReader} does. Where records were lost, executions of which one end is missing are
 * left out.
 */
public final class RecordedExecutionsReader implements MeasurementReader {
  private static final String BEGINNING = new String(ChainHash.MAGIC, StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "waip-records";
  }

  @Override
  public boolean recognises(Path file, String head) {
    return head.startsWith(BEGINNING);
  }

  @Override
  public List<Measurement> read(Path file) {
    Source source = new Source(file.toString(), 0);
    Map<RecordedExecutions.Shape, long[]> executions = executions(file, source);
    List<Measurement> measurements = new ArrayList<>();
    executions.forEach((shape, nanos) ->
        measurements.add(
            Measurement.ofExecutions(
                new Subject(shape.variant(), Phase.WHOLE, "", 1, 0),
                shape.batch(),
                shape.length(),
                nanos,
                source)));
    if (measurements.isEmpty()) {
      throw bad(source, "no execution completed in it", "record a run that serves requests");
    }
    return measurements;
  }

  private static Map<RecordedExecutions.Shape, long[]> executions(Path file, Source source) {
    try (RecordReader records = new RecordReader(file)) {
      return RecordedExecutions.byShape(records);
    } catch (RecordFormatException e) {
      throw bad(source, e.fault(), "look with 'waip records verify', and record the run again");
    }
  }

  private static MeasurementFormatException bad(Source source, String found, String remedy) {
    return new MeasurementFormatException(
        source, found, "a whole file of records with executions", remedy);
  }
}
