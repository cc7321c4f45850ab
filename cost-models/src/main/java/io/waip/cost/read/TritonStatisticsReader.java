package io.waip.cost.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.waip.api.measurement.Center;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.cost.read.BatchCounters.Executed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads bodies of Triton's {@code GET /v2/models/stats}, two or more one after another in a file,
 * as {@code curl … >> FILE} leaves them: the mean time of an execution for each batch size between
 * the first and the last.
 *
 * <p>The time is that of input, inference and output together. Counters tell no median and no
 * percentile. Between two bodies counters must not fall: the server was started again, or the model
 * loaded again. A model that the body before lacks counts from 0. The length is told by the name of
 * the file ({@link FileSetting}); requests of other lengths in between are in the mean.
 *
 * <p>Form: triton-inference-server/server, {@code docs/protocol/extension_statistics.md}.
 */
public final class TritonStatisticsReader implements MeasurementReader {
  private static final ObjectReader BODY =
      new ObjectMapper(JsonText.FACTORY).readerFor(JsonNode.class);

  @Override
  public String name() {
    return "triton-statistics";
  }

  @Override
  public boolean recognises(Path file, String head) {
    return head.stripLeading().startsWith("{") && head.contains("\"model_stats\"");
  }

  @Override
  public List<Measurement> read(Path file) throws IOException {
    FileSetting setting = FileSetting.withLength(file);
    List<Measurement> measurements = new ArrayList<>();
    for (Executed executed : counted(file)) {
      measurements.add(
          new Measurement(
              setting.subject(executed.model(), Phase.WHOLE),
              executed.batch(),
              setting.length(),
              executed.meanNanos(),
              OptionalDouble.empty(),
              executed.executions(),
              executed.source(),
              Center.MEAN));
    }
    return measurements;
  }

  private static List<Executed> counted(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JsonText.FACTORY.createParser(in);
        MappingIterator<JsonNode> bodies = BODY.readValues(json)) {
      Source source = new Source(file.toString(), 0);
      BatchCounters counters = new BatchCounters(source);
      int count = 0;
      while (bodies.hasNextValue()) {
        source = new Source(file.toString(), json.currentTokenLocation().getLineNr());
        counters.take(new JsonPlace(source, "", bodies.nextValue()));
        count++;
      }
      if (count < 2) {
        throw new MeasurementFormatException(
            source,
            "one body, whose counters began at an unknown time",
            "two bodies or more, one after another",
            "ask the server again later and append its answer");
      }
      return counters.executed();
    } catch (JsonProcessingException e) {
      throw JsonText.broken(file, e);
    }
  }
}
