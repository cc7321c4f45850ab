package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cli.triton.PlannerMain;
import io.waip.triton.PlannerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The planner process with a cost model of a plug-in's fitter. */
class PlannerPluginTest {
  private static final String CONFIG =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      services:
        - name: embed
          objective: { latency: 50ms }
          lengths: { input: ids, axis: 1 }
          variants: [ { model: fp32, quality: 1.0, cost_model: mean.model } ]
      endpoints: triton
      """;

  private static final String MODEL =
      """
      format_version: 1
      fitter: "mean"
      variants {
        variant: "fp32"
        phase: "WHOLE"
        tensor_parallel: 1
        points { batch: 1 length: 16 median_nanos: 4e6 samples: 1 }
      }
      """;

  @TempDir private Path folder;
  private final List<String> log = new ArrayList<>();

  private int run(String... more) throws IOException {
    Path config = Files.writeString(folder.resolve("waip.yaml"), CONFIG);
    Files.writeString(folder.resolve("mean.model"), MODEL);
    List<String> args =
        new ArrayList<>(
            List.of("--config", config.toString(), "--rings", folder.resolve("absent").toString()));
    args.addAll(List.of(more));
    return PlannerMain.run(args.toArray(String[]::new), log::add);
  }

  @Test
  void findsTheFitterOfAPlugin() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginSources.fitter("mean").jar(plugins.resolve("mean.jar"));
    // Everything can be used; only the front's memory is not there.
    assertThat(run("--plugin-path", plugins.toString())).isEqualTo(PlannerProcess.NO_MAPPING);
  }

  @Test
  void withoutThePluginTheFitterIsUnknown() throws IOException {
    assertThat(run()).isEqualTo(PlannerProcess.USAGE);
    assertThat(log).singleElement().asString().contains("waip.yaml:7", "fitter 'mean'");
  }

  @Test
  void aPluginPathThatIsNoneIsRefused() throws IOException {
    assertThat(run("--plugin-path", folder.resolve("gone").toString()))
        .isEqualTo(PlannerProcess.USAGE);
    assertThat(log).singleElement().asString().contains("gone", "does not exist");
  }
}
