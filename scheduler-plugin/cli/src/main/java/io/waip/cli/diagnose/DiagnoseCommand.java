package io.waip.cli.diagnose;

import io.waip.cli.runtime.JsonOutput;
import io.waip.replay.diagnose.Diagnoser;
import io.waip.replay.diagnose.Diagnosis;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waip diagnose}: where the delay is, why, and what helps. */
@Command(name = "diagnose", mixinStandardHelpOptions = true, sortOptions = false)
public final class DiagnoseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DiagnoseOptions options = new DiagnoseOptions();
  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command. */
  public DiagnoseCommand() {}

  @Override
  public Integer call() {
    json.check();
    Diagnosis diagnosis = Diagnoser.diagnose(options.observed());
    new DiagnosisPage(spec.commandLine().getOut()).print(diagnosis);
    json.write(DiagnosisJson.of(diagnosis));
    return 0;
  }
}
