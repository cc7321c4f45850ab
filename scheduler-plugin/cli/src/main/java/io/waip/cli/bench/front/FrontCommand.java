package io.waip.cli.bench.front;

import io.waip.cli.demo.Surroundings;
import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import io.waip.cli.runtime.JsonOutput;
import io.waip.cli.runtime.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waip bench front}: the front in a stock Triton against its own target. */
@Command(
    name = "front",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "what the front of a stock Triton costs, and what a hurt planner does to clients")
public final class FrontCommand implements Callable<Integer> {
  private final Cancellation cancellation;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FrontOptions options = new FrontOptions();
  @Mixin private JsonOutput json = new JsonOutput();

  /** Creates the command; a requested cancellation ends what it started. */
  public FrontCommand(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    json.check();
    ServerFiles files = ServerFiles.find(options.server());
    Path backend = options.isNullTest() ? null : backend();
    PrintWriter out = spec.commandLine().getOut();
    ProgressLine progress = new ProgressLine(out, ProgressLine.isTerminal());
    Path work = workFolder();
    Stage stage = new Stage(new Surroundings(out, progress, cancellation), work, options.seed());
    try {
      return run(stage, files, backend);
    } catch (CancelledBench e) {
      spec.commandLine().getErr().println("waip bench front: ended before it was done");
      return UserError.FAILED;
    } finally {
      if (options.keep() == null) {
        remove(work);
      }
    }
  }

  private Path workFolder() throws IOException {
    Path keep = options.keep();
    if (keep == null) {
      return Files.createTempDirectory("waip-bench-");
    }
    if (Files.exists(keep)) {
      throw new UserError(keep + " exists", "--keep", "a folder to be made", "name another");
    }
    return Files.createDirectories(keep).toAbsolutePath();
  }

  private Path backend() {
    Path folder = options.backend();
    if (folder != null) {
      return ServerFolders.checkBackend(folder.toAbsolutePath());
    }
    return ServerFolders.builtBackend()
        .orElseThrow(() ->
            new UserError(
                "the backend folder was not built",
                "",
                "",
                "run './waip verify -Pdist -DskipTests', or name the folder with --backend"));
  }

  private int run(Stage stage, ServerFiles files, @Nullable Path backend)
      throws IOException, InterruptedException {
    ServerFolders folders = ServerFolders.make(stage.work(), files, backend);
    FrontFigures figures;
    try (StockServer server = StockServer.start(files, folders, stage)) {
      stage.done("server", "Triton " + server.version());
      figures = new FrontBench(stage, server, folders, options).run();
    }
    json.write(figures);
    figures.missed().forEach(line -> spec.commandLine().getErr().println("missed: " + line));
    return figures.missed().isEmpty() ? 0 : UserError.FAILED;
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
