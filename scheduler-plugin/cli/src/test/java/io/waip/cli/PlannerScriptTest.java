package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code bin/waip-planner} in a runtime folder whose path has a space and whose java prints its
 * arguments, and {@code package} where it has to refuse.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PlannerScriptTest {

  private static final Path DIST = ProjectFiles.at("scheduler-plugin/cli/src/main/dist");

  @TempDir private Path temp;

  private Path runtime;
  private Path planner;
  private ShellScripts scripts = new ShellScripts(Path.of(""));

  @BeforeEach
  void makeRuntime() throws IOException {
    runtime = Files.createDirectories(temp.toRealPath().resolve("backend dir/waip/runtime"));
    planner = Files.createDirectories(runtime.resolve("bin")).resolve("waip-planner");
    ShellScripts.write(planner, Files.readString(DIST.resolve("bin/waip-planner")));
    Files.createDirectories(runtime.resolve("jre/bin"));
    ShellScripts.write(runtime.resolve("jre/bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    scripts = new ShellScripts(temp);
    scripts.set("PATH", "/usr/bin:/bin");
  }

  @Test
  void startsThePrivateRuntimeWithBoundsAndHandsArgumentsOn() throws Exception {
    ShellScripts.Run run =
        scripts.run(planner, "--config", "my planner.yaml", "--rings", "/proc/self/fd/3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .contains(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-XX:MaxMetaspaceSize=64m",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:AOTCache=" + runtime + "/lib/planner.aot",
            "-XX:AOTMode=auto",
            "-XX:+VerifySharedSpaces")
        .endsWith(
            "-jar",
            runtime + "/lib/waip-planner.jar",
            "--config",
            "my planner.yaml",
            "--rings",
            "/proc/self/fd/3");
  }

  @Test
  void opensNoPackageOnTheCommandLineBecauseThatWouldSwitchTheCacheOff() throws Exception {
    assertThat(scripts.run(planner).out()).doesNotContain("--add-opens", "--add-exports");
  }

  @Test
  void findsItsRuntimeThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("planner"), planner);

    assertThat(scripts.run(link).out()).contains(runtime + "/lib/waip-planner.jar\n");
  }

  @Test
  void passesTheMappingOnToTheRuntime() throws Exception {
    ShellScripts.write(runtime.resolve("jre/bin/java"), "#!/bin/sh\ncat <&3\n");
    ShellScripts.write(temp.resolve("server"), "#!/bin/sh\nexec \"$1\" 3<\"$2\"\n");
    Path mapping = Files.writeString(temp.resolve("mapping"), "shared");

    assertThat(scripts.run(temp.resolve("server"), planner.toString(), mapping.toString()).out())
        .isEqualTo("shared");
  }

  @Test
  void isReplacedByTheRuntimeSoThatSignalsReachIt() throws Exception {
    ShellScripts.write(runtime.resolve("jre/bin/java"), "#!/bin/sh\necho $$\n");
    ShellScripts.write(temp.resolve("server"), "#!/bin/sh\necho $$\nexec \"$1\"\n");

    assertThat(scripts.run(temp.resolve("server"), planner.toString()).out().lines().distinct())
        .hasSize(1);
  }

  @Test
  void leavesTheServersOwnJavaOptionsAndPreloadsBehind() throws Exception {
    ShellScripts.write(runtime.resolve("jre/bin/java"), "#!/bin/sh\nenv\n");
    for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")) {
      scripts.set(name, "foreign");
    }
    scripts.set("LD_PRELOAD", "");

    assertThat(scripts.run(planner).out())
        .doesNotContain("foreign", "LD_PRELOAD")
        .contains("PATH=");
  }

  @ParameterizedTest
  @CsvSource({
    "WAIP_PLANNER_HEAP_MIB, 512, -Xmx512m",
    "WAIP_PLANNER_METASPACE_MIB, 32, -XX:MaxMetaspaceSize=32m",
    "WAIP_PLANNER_CODE_CACHE_MIB, 240, -XX:ReservedCodeCacheSize=240m",
    "WAIP_PLANNER_DIRECT_MIB, 8, -XX:MaxDirectMemorySize=8m",
    "WAIP_PLANNER_AOT, off, -XX:AOTMode=off",
    "WAIP_PLANNER_AOT, on, -XX:AOTMode=auto"
  })
  void takesEachKnob(String name, String value, String option) throws Exception {
    scripts.set(name, value);

    assertThat(scripts.run(planner).out().lines()).contains(option);
  }

  @Test
  void furtherOptionsAreSplitAtSpacesAndWin() throws Exception {
    scripts.set("WAIP_PLANNER_OPTIONS", "-Xmx64m -Da=b");

    List<String> options = scripts.run(planner).out().lines().toList();

    assertThat(options).containsSubsequence("-Xmx256m", "-Xmx64m", "-Da=b", "-jar");
  }

  @ParameterizedTest
  @CsvSource({
    "WAIP_PLANNER_HEAP_MIB, 31",
    "WAIP_PLANNER_HEAP_MIB, 16385",
    "WAIP_PLANNER_HEAP_MIB, 256m",
    "WAIP_PLANNER_HEAP_MIB, -1",
    "WAIP_PLANNER_METASPACE_MIB, 31",
    "WAIP_PLANNER_CODE_CACHE_MIB, 241",
    "WAIP_PLANNER_DIRECT_MIB, 99999999999999999999",
    "WAIP_PLANNER_AOT, maybe"
  })
  void refusesAKnobThatIsOutOfRange(String name, String value) throws Exception {
    scripts.set(name, value);

    ShellScripts.Run run = scripts.run(planner);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("waip planner: " + name + "=" + value + "; allowed: ");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void theOperationsPageListsEveryKnobWithDefaultAndRange() throws Exception {
    String page = Files.readString(ProjectFiles.at("docs/triton-operations.md"));
    List<MatchResult> knobs =
        Pattern.compile("^limit (\\w+) (\\d+) (\\d+) (\\d+)$", Pattern.MULTILINE)
            .matcher(Files.readString(DIST.resolve("bin/waip-planner")))
            .results()
            .toList();

    assertThat(knobs).hasSize(4);
    for (MatchResult knob : knobs) {
      assertThat(page)
          .contains(
              "| `%s` | MiB | %s | %s to %s |"
                  .formatted(knob.group(1), knob.group(2), knob.group(3), knob.group(4)));
    }
    assertThat(page).contains("| `WAIP_PLANNER_AOT` |", "| `WAIP_PLANNER_OPTIONS` |");
  }

  // package

  @Test
  void packagingNeedsTheNativeLibraries() throws Exception {
    ShellScripts.Run run = packageInto(Files.createDirectories(temp.resolve("classes")));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("libwaip_bridge.so is missing: build native-bridge with its native part first");
  }

  @Test
  void packagingNeedsExactlyOneJarOfEachPart() throws Exception {
    Path classes = temp.resolve("classes");
    Path libraries = Files.createDirectories(classes.resolve("META-INF/native/linux-x86_64"));
    Files.createFile(libraries.resolve("libwaip_bridge.so"));
    Files.createFile(libraries.resolve("libtriton_waip.so"));
    Path jars = Files.createDirectories(temp.resolve("jars"));
    Files.createFile(jars.resolve("waip-plugin-api-1.jar"));
    Files.createFile(jars.resolve("waip-plugin-api-2.jar"));

    ShellScripts.Run run = packageInto(classes);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("has not exactly one jar of waip-plugin-api: ");
    assertThat(temp.resolve("made/waip")).doesNotExist();
  }

  private ShellScripts.Run packageInto(Path classes) throws Exception {
    Path jdk = temp.resolve("jdk");
    ShellScripts.write(
        Files.createDirectories(jdk.resolve("bin")).resolve("jlink"), "#!/bin/sh\nexit 9\n");
    scripts.set("JAVA_HOME", jdk.toString());
    String jars = Files.createDirectories(temp.resolve("jars")).toString();
    String made = temp.resolve("made").toString();
    return scripts.run(DIST.resolve("package"), jars, classes.toString(), made);
  }
}
