package io.waip.cli.demo.load;

/**
 * What an arm did.
 *
 * @param arm which
 * @param log every request
 * @param figures counted from the log
 */
public record ArmRun(Arm arm, RequestLog log, ArmFigures figures) {}
