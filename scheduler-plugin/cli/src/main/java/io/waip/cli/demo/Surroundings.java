package io.waip.cli.demo;

import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.ProgressLine;
import java.io.PrintWriter;

/**
 * What a run talks to.
 *
 * @param out where the table goes
 * @param progress where the steps are shown
 * @param cancellation ends the run early
 */
public record Surroundings(PrintWriter out, ProgressLine progress, Cancellation cancellation) {}
