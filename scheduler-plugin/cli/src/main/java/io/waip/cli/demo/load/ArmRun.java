package io.waip.cli.demo.load;

import java.util.List;

/**
 * What an arm did.
 *
 * @param arm which
 * @param log every request
 * @param executions of its models, with the start of the window as their zero
 * @param figures counted from both
 */
public record ArmRun(
    Arm arm, RequestLog log, List<ExecutionLog.Execution> executions, ArmFigures figures) {
  /** Copies the list. */
  public ArmRun {
    executions = List.copyOf(executions);
  }
}
