package io.waip.cli.demo;

import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.cli.runtime.ProgressLine;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code waip demo}: a tuned dynamic batcher, then the planner, serve real text on real models at
 * the same arrivals.
 */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  private final Cancellation cancellation;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DemoOptions options = new DemoOptions();
  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command; a requested cancellation ends it early and accounts for what was sent. */
  public DemoCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() throws InterruptedException {
    json.check();
    ReportFiles files = new ReportFiles(options.report(), json);
    files.check();
    PrintWriter out = spec.commandLine().getOut();
    ProgressLine progress = new ProgressLine(out, ProgressLine.isTerminal());
    Demo demo = new Demo(options, files, new Surroundings(out, progress, cancellation));
    try {
      return demo.run() ? 0 : UserError.FAILED;
    } catch (CancelledRun e) {
      spec.commandLine().getErr().println(e.getMessage());
      return UserError.FAILED;
    }
  }
}
