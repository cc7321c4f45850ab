package io.waip.cli.records;

import io.waip.api.v1.DecisionRecord;
import io.waip.cli.runtime.JsonOutput;
import io.waip.replay.records.RecordFormatException;
import io.waip.replay.records.RecordReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waip records verify}: reads a whole file and says whether it is as it was written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Check chain, numbers, counts and end of a file of records.")
final class VerifyRecordsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A file that 'waip replay --records' wrote.")
  private Path file = Path.of("");

  @Mixin private JsonOutput json = new JsonOutput();

  @Override
  public Integer call() {
    json.check();
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    try (RecordReader reader = new RecordReader(file)) {
      Optional<DecisionRecord> next = reader.next();
      while (next.isPresent()) {
        next = reader.next();
      }
      figures.put("intact", true);
      figures.put("records", reader.records());
      figures.put("lost_records", reader.lost());
      figures.put("bytes", reader.bytes());
      figures.put("policy", reader.header().getPolicy());
      figures.put("producer", reader.header().getProducer());
      figures.put("hash", reader.hash());
      print(reader);
    } catch (RecordFormatException e) {
      figures.put("intact", false);
      figures.put("first_bad_record", e.goodRecords());
      figures.put("fault", String.valueOf(e.getMessage()));
      json.write(figures);
      throw RecordFiles.error(e);
    }
    json.write(figures);
    return 0;
  }

  private void print(RecordReader reader) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%s: %d records are as they were written%n", file, reader.records());
    out.printf(
        Locale.ROOT,
        "policy %s, %d bytes, written by %s%n",
        reader.header().getPolicy(),
        reader.bytes(),
        reader.header().getProducer());
    if (reader.lost() > 0) {
      out.printf(
          Locale.ROOT, "%d records are not here: the writer could not keep up%n", reader.lost());
    }
    out.printf(Locale.ROOT, "hash %s%n", reader.hash());
    out.flush();
  }
}
