package io.waip.cli.bench.goodput;

import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.OutputFile;
import io.waip.replay.table.Cell;
import io.waip.replay.table.CellResult;
import io.waip.replay.table.GoodputCsv;
import io.waip.replay.table.GoodputTable;
import io.waip.replay.trace.LengthsReader;
import io.waip.replay.trace.Trace;
import io.waip.replay.trace.TraceFormatException;
import io.waip.replay.trace.TraceReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code waip bench goodput}: the table that policies are judged by. */
@Command(
    name = "goodput",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "every policy on a table of workloads in virtual time, beside both limits")
public final class GoodputCommand implements Callable<Integer> {
  private final Cancellation cancellation;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      required = true,
      description = "Arrivals of the workloads without bursts, in a form 'waip replay' reads.")
  private Path trace = Path.of("");

  @Option(
      names = "--lengths",
      paramLabel = "FILE",
      required = true,
      description = "Unequal lengths from a CSV file, column wordpieces.")
  private Path lengths = Path.of("");

  @Option(
      names = "--cells",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Only workloads whose name begins so, such as bursts/workers=1.")
  private String prefix = "";

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the table to FILE.")
  private @Nullable Path csv;

  /** Creates the command; a requested cancellation ends it after the workload under way. */
  public GoodputCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() {
    List<Cell> cells = cells();
    Optional<OutputFile> table =
        Optional.ofNullable(csv).map(file -> new OutputFile("--csv", file));
    table.ifPresent(OutputFile::check);
    PrintWriter out = spec.commandLine().getOut();
    out.println(GoodputText.HEADER);
    List<String> lines = new ArrayList<>(List.of(GoodputCsv.header()));
    int missed = 0;
    for (Cell cell : cells) {
      CellResult result = CellResult.of(cell, cancellation::isRequested);
      if (cancellation.isRequested()) {
        throw new UserError(
            "stopped after %d of %d workloads; no table written"
                .formatted(lines.size() - 1, cells.size()),
            "",
            "",
            "");
      }
      out.println(GoodputText.line(result));
      out.flush();
      lines.add(GoodputCsv.line(result));
      missed += result.missed().isEmpty() ? 0 : 1;
    }
    table.ifPresent(file -> file.write(String.join("\n", lines) + "\n"));
    out.printf(Locale.ROOT, "%n%d workloads, %d with something missed%n", cells.size(), missed);
    return missed == 0 ? 0 : UserError.FAILED;
  }

  private List<Cell> cells() {
    try {
      Trace arrivals = TraceReader.read(trace);
      List<Cell> cells =
          GoodputTable.cells(arrivals, LengthsReader.read(lengths)).stream()
              .filter(cell -> cell.name().startsWith(prefix))
              .toList();
      if (cells.isEmpty()) {
        throw UserError.usage(
            "no workload begins with '" + prefix + "'",
            "--cells",
            "the beginning of a name such as bursts/workers=1/slo=50ms/load=0.8",
            "equal, noisy, bursts or lengths");
      }
      return cells;
    } catch (TraceFormatException e) {
      throw new UserError(String.valueOf(e.getMessage()), "", "", "");
    }
  }
}
