package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code train}, which runs the packaged planner once, with planners made of shell scripts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TrainScriptTest {

  private static final Path TRAIN = ProjectFiles.at("scheduler-plugin/cli/src/main/dist/train");
  private static final Path RINGS =
      ProjectFiles.at("native-bridge/src/main/c/include/waip/rings.h");

  @TempDir private Path temp;

  private Path runtime = Path.of("");
  private ShellScripts scripts = new ShellScripts(Path.of(""));
  private String waitForAbandoned = "";
  private String becomeReady = "";

  @BeforeEach
  void makeRuntime() throws IOException {
    runtime = Files.createDirectories(temp.resolve("my runtime"));
    Files.createDirectories(runtime.resolve("bin"));
    Files.createDirectories(runtime.resolve("lib"));
    scripts = new ShellScripts(temp);
    scripts.set("PATH", "/usr/bin:/bin");
    scripts.set("TMPDIR", temp.toString());
    RingsHeader rings = RingsHeader.read();
    becomeReady =
        "printf '\\001' | dd of=\"$4\" bs=1 seek=%d conv=notrunc 2>/dev/null\n"
            .formatted(rings.number("HEADER_READY"));
    waitForAbandoned =
        "until [ $(od -An -j %d -N 4 -t u4 \"$4\") = 1 ]; do sleep 0.01; done\n"
            .formatted(rings.number("HEADER_ABANDONED"));
  }

  private ShellScripts.Run train(String mode, String planner) throws Exception {
    ShellScripts.write(runtime.resolve("bin/waip-planner"), "#!/bin/sh\n" + planner);
    return scripts.run(TRAIN, mode, runtime.toString(), RINGS.toString());
  }

  private String recorded() {
    return "echo \"$WAIP_PLANNER_AOT\" >'" + runtime + "/lib/planner.aot'\n";
  }

  @Test
  void recordsUntilThePlannerIsReadyAndEndsItByAbandoningTheMapping() throws Exception {
    ShellScripts.Run run = train("record", becomeReady + waitForAbandoned + recorded());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("train: record: ready after ");
    assertThat(runtime.resolve("lib/planner.aot")).hasContent("record");
  }

  @Test
  void givesThePlannerAMappingWithOneOpenChannel() throws Exception {
    RingsHeader rings = RingsHeader.read();
    int channel = rings.number("CHANNELS_OFFSET");
    String look =
        "test \"$1 $3\" = '--config --rings' && wc -c <\"$4\" >seen\n"
            + "od -An -j 0 -N 4 -t u4 \"$4\" >>seen\n"
            + "od -An -j %d -N 4 -t u4 \"$4\" >>seen\n".formatted(channel)
            + "od -An -j %d -N 5 -c \"$4\" >>seen\n"
                .formatted(channel + rings.number("CHANNEL_MODEL"));

    train("check", look + becomeReady + waitForAbandoned);

    assertThat(Files.readAllLines(temp.resolve("seen")).stream().map(String::strip))
        .containsExactly(
            String.valueOf(rings.number("MAPPING_BYTES")),
            String.valueOf(rings.number("MAGIC")),
            String.valueOf(rings.number("CHANNEL_OPEN")),
            "t   r   a   i   n");
  }

  @Test
  void checkDemandsTheCache() throws Exception {
    train("check", "echo \"$WAIP_PLANNER_OPTIONS\" >seen\n" + becomeReady + waitForAbandoned);

    assertThat(temp.resolve("seen")).hasContent("-XX:AOTMode=on");
  }

  @Test
  void failsWithThePlannersWordsWhenItEndsBeforeItIsReady() throws Exception {
    ShellScripts.Run run = train("check", "echo no such class >&2\nexit 1\n");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("did not get ready", "train: planner: no such class");
  }

  @Test
  void failsWhenNoCacheWasRecorded() throws Exception {
    ShellScripts.Run run = train("record", becomeReady + waitForAbandoned);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no AOT cache was recorded");
  }

  @Test
  void leavesNothingBehind() throws Exception {
    train("check", becomeReady + waitForAbandoned);

    try (var files = Files.list(temp)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder("my runtime", "out", "err");
    }
  }
}
