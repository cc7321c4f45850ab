package io.waip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-in of {@code custom-cost-model}, as its README uses it: from its jar. */
class CustomCostModelTest {
  private static final Path BUILT = Path.of("custom-cost-model/target/custom-cost-model-1.0.jar");

  @TempDir private Path folder;
  private Path table = Path.of("");

  /** Output of a command and how it ended. */
  private record Ended(int code, String text) {}

  @BeforeEach
  void prepare() throws IOException {
    assertThat(BUILT)
        .as("the jar of the plug-in, which Maven's phase package builds: run 'verify'")
        .exists();
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.copy(BUILT, plugins.resolve("custom-cost-model.jar"));
    StringBuilder rows =
        new StringBuilder("time_stats.emb.median,num_tokens,num_tensor_parallel_workers\n");
    for (int i = 1; i <= 40; i++) {
      double millis = (1 + 0.16 * i) * (i % 2 == 0 ? 1.02 : 0.98);
      rows.append(String.format(Locale.ROOT, "%.6f,%d,1%n", millis, 16 * i));
    }
    table = Files.writeString(folder.resolve("table.csv"), rows);
  }

  private Ended waip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.waip.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("WAIP_PLUGIN_PATH", folder.resolve("plugins").toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }

  @Test
  void fitsALineAndComparesItWithTheModelOfThePlanner() throws Exception {
    String line = folder.resolve("line.model").toString();
    String roofline = folder.resolve("roofline.model").toString();

    Ended fit =
        waip(
            "fit",
            "--fitter",
            "line",
            "--input",
            table.toString(),
            "--seeds",
            "5",
            "--output",
            line);
    assertThat(fit.code).as(fit.text).isZero();
    assertThat(fit.text).contains("40 measurements", "table WHOLE", "cover_p95");
    assertThat(Path.of(line)).content().contains("fitter: \"line\"", "parameters {");

    assertThat(waip("fit", "--input", table.toString(), "--output", roofline).code).isZero();
    Ended diff = waip("fit", "--diff", line, roofline);
    assertThat(diff.code).as(diff.text).isZero();
    assertThat(diff.text).contains("table WHOLE: B differs from A");
  }

  @Test
  void isListedWhereANameIsWrong() throws Exception {
    Ended ended = waip("fit", "--fitter", "lin", "--input", table.toString());

    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.text.lines()).hasSize(1);
    assertThat(ended.text).contains("unknown fitter 'lin'; allowed: roofline, line");
  }
}
