package io.waip.cli.records;

import io.waip.cli.input.UserError;
import io.waip.cli.runtime.JsonOutput;
import io.waip.replay.explain.Explainer;
import io.waip.replay.explain.Explanation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waip explain}: the life of one request, from its records. */
@Command(name = "explain", mixinStandardHelpOptions = true, sortOptions = false)
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "ID",
      description = "The request; in a replay its position in the trace, from 0.")
  private long id;

  @Option(
      names = "--records",
      paramLabel = "FILE",
      required = true,
      description = "A file that 'waip replay --records' wrote.")
  private Path file = Path.of("");

  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command. */
  public ExplainCommand() {}

  @Override
  public Integer call() {
    json.check();
    Explanation explanation =
        RecordFiles.read(
            file,
            reader -> Explainer.explain(reader, id).orElseThrow(() -> unknown(reader.records())));
    new ExplanationPage(spec.commandLine().getOut()).print(explanation);
    json.write(explanation);
    return 0;
  }

  private UserError unknown(long records) {
    return new UserError(
        "no request %d arrives in its %d records".formatted(id, records),
        file.toString(),
        "the id of a request that was offered",
        "in a replay ids count from 0 in order of arrival");
  }
}
