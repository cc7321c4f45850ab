package io.waip.cli.demo.load;

import java.util.List;

/**
 * What an arm did.
 *
 * @param arm which
 * @param log every request
 * @param executions of its models, with the start of the window as their zero
 * @param figures counted from both
 * @param problems what the server said of failed requests
 */
public record ArmRun(
    Arm arm,
    RequestLog log,
    List<ExecutionLog.Execution> executions,
    ArmFigures figures,
    List<String> problems) {
  /** Copies the lists. */
  public ArmRun {
    problems = List.copyOf(problems);
    executions = List.copyOf(executions);
  }
}
