package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a checkout of its own whose path has a space, with JDKs and a Maven made of shell
 * scripts and a PATH that holds nothing else but the tools named here.
 */
class LauncherTest {

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "sh",
          "awk",
          "cat",
          "dirname",
          "find",
          "flock",
          "grep",
          "head",
          "id",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sort",
          "tee",
          "touch");

  @TempDir private Path temp;

  private Path checkout;
  private Path bin;
  private Path jdks;
  private final Map<String, String> environment = new HashMap<>();

  /** What one run of the launcher gave. */
  private record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void makeMachine() throws IOException {
    checkout = Files.createDirectories(temp.resolve("my checkout"));
    bin = Files.createDirectories(temp.resolve("bin"));
    jdks = Files.createDirectories(temp.resolve("jdks"));
    script(checkout.resolve("waip"), Files.readString(ProjectFiles.at("waip")));
    for (String module :
        List.of("plugin-api", "native-bridge", "cost-models", "scheduler-plugin")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createDirectories(checkout.resolve(module).resolve("src/test"));
    }
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
    }
    script(bin.resolve("gcc"), "#!/bin/sh\n");
    script(bin.resolve("cmake"), "#!/bin/sh\n");
    environment.put("PATH", bin.toString());
    environment.put("HOME", temp.resolve("home").toString());
    environment.put("WAIP_JDK_DIRS", jdks.toString());
    environment.put("WAIP_INSTALL", "off");
    maven("3.8.7", "");
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A JDK whose java prints its arguments and exits with 7. */
  private Path jdk(String folder, String version) throws IOException {
    Path home = jdks.resolve(folder);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    script(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 7\n");
    return home;
  }

  /** A Maven that makes the class path folder, logs its arguments and then runs {@code body}. */
  private void maven(String version, String body) throws IOException {
    script(
        bin.resolve("mvn"),
        """
        #!/bin/sh
        if [ "$1" = -v ]; then echo "Apache Maven %s"; exit; fi
        printf '%%s\\n' "$*" "$JAVA_HOME" >>"%s"
        mkdir -p scheduler-plugin/cli/target/lib
        %s
        """
            .formatted(version, temp.resolve("mvn.log"), body));
  }

  private List<String> mavenLog() throws IOException {
    Path log = temp.resolve("mvn.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private Run waip(String... args) throws IOException, InterruptedException {
    return run(checkout.resolve("waip"), args);
  }

  private Run dryRun(String... args) throws IOException, InterruptedException {
    environment.put("WAIP_DRY_RUN", "1");
    return waip(args);
  }

  private Run run(Path launcher, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env", "bash"));
    command.add(launcher.toString());
    command.addAll(List.of(args));
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Run(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  // Finding the JDK

  @Test
  void findsAJdkWithoutJavaOnPath() throws Exception {
    jdk("jdk-17", "17.0.15");
    jdk("jdk-21", "21.0.2");
    Path wanted = jdk("jdk-25", "25.0.1");

    assertThat(dryRun("demo").out()).contains("jdk=" + wanted + "\n");
  }

  @Test
  void passesOverAnOlderJavaOnPath() throws Exception {
    Path old = jdk("jdk-17", "17.0.15");
    Path wanted = jdk("jdk-25", "25.0.1");
    Files.createSymbolicLink(bin.resolve("java"), old.resolve("bin/java"));
    environment.put("JAVA_HOME", old.toString());

    assertThat(dryRun("demo").out()).contains("jdk=" + wanted + "\n");
  }

  @Test
  void asksAWrapperOnPathForItsHome() throws Exception {
    Path wanted = Files.move(jdk("jdk-25", "25"), temp.resolve("elsewhere"));
    script(bin.resolve("java"), "#!/bin/sh\necho '    java.home = " + wanted + "' >&2\n");

    assertThat(dryRun("demo").out()).contains("jdk=" + wanted + "\n");
  }

  @Test
  void prefersJavaHomeWhenItIsNewEnough() throws Exception {
    jdk("jdk-25", "25.0.1");
    Path wanted = jdk("jdk-26", "26");
    environment.put("JAVA_HOME", wanted.toString());

    assertThat(dryRun("demo").out()).contains("jdk=" + wanted + "\n");
  }

  @Test
  void passesOverARuntimeWithoutACompiler() throws Exception {
    Files.delete(jdk("a-jre-25", "25").resolve("bin/javac"));
    Path wanted = jdk("jdk-25", "25");

    assertThat(dryRun("demo").out()).contains("jdk=" + wanted + "\n");
  }

  @Test
  void saysInOneLineWhereToGetAJdk() throws Exception {
    jdk("jdk-17", "17.0.15");

    Run run = waip("demo");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("no JDK 25 or newer found", "Eclipse Temurin 25", "JAVA_HOME");
  }

  // verify

  @Test
  void verifyRunsMavenOnTheJdkFoundAndPassesArgumentsOn() throws Exception {
    Path wanted = jdk("jdk 25", "25.0.1");
    maven("3.8.7", "exit 5");

    Run run = waip("verify", "-Poutside", "-Dname=two words");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(mavenLog()).containsExactly("verify -Poutside -Dname=two words", wanted.toString());
  }

  @Test
  void verifyKeepsArgumentsApart() throws Exception {
    jdk("jdk-25", "25");

    assertThat(dryRun("verify", "-Dname=two words", "*").out())
        .endsWith("verify\n-Dname=two words\n*\n");
  }

  @Test
  void verifyExplainsItself() throws Exception {
    Run run = waip("verify", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: waip verify");
  }

  @Test
  void refusesAMavenThatIsTooOld() throws Exception {
    jdk("jdk-25", "25");
    maven("3.6.3", "");

    Run run = waip("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is Maven 3.6.3; WAIP needs 3.8 or newer");
  }

  @Test
  void saysSoWhenMavenDoesNotStart() throws Exception {
    jdk("jdk-25", "25");
    script(bin.resolve("mvn"), "#!/bin/sh\nexit 1\n");

    Run run = waip("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("mvn -v' does not work on " + jdks.resolve("jdk-25"));
  }

  @Test
  void acceptsAMavenWithATwoDigitMinorVersion() throws Exception {
    jdk("jdk-25", "25");
    maven("3.10.0", "");

    assertThat(waip("verify").exitCode()).isZero();
  }

  @Test
  void namesMissingNativeToolsUnlessTheyAreNotNeeded() throws Exception {
    jdk("jdk-25", "25");
    Files.delete(bin.resolve("gcc"));

    Run run = waip("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains("missing gcc", "apt-get install gcc libc6-dev", "WAIP_NATIVE=off");
    assertThat(waip("verify", "-Dwaip.native=off").exitCode()).isZero();
    environment.put("WAIP_NATIVE", "off");
    assertThat(waip("verify").exitCode()).isZero();
    assertThat(mavenLog()).contains("-Dwaip.native=off verify");
  }

  // Other commands

  @Test
  void buildsOnceAndHandsArgumentsAndExitCodeThrough() throws Exception {
    jdk("jdk-25", "25");

    Run first = waip("demo", "--trace", "a b.csv");
    Run second = waip("demo");

    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(first.out()).endsWith("io.waip.cli.Main\ndemo\n--trace\na b.csv\n");
    assertThat(first.err()).contains("waip: building ...", "waip: built in");
    assertThat(second.err()).isEmpty();
    assertThat(mavenLog()).hasSize(2).first().asString().endsWith("-pl :waip-cli -am package");
  }

  @Test
  void buildsAgainWhenAMainSourceIsNewer() throws Exception {
    jdk("jdk-25", "25");
    waip("demo");
    touchAfterBuild("scheduler-plugin/src/main/New.java");

    assertThat(waip("demo").err()).contains("building");
    assertThat(mavenLog()).hasSize(4);
  }

  @Test
  void doesNotBuildForATestSource() throws Exception {
    jdk("jdk-25", "25");
    waip("demo");
    touchAfterBuild("scheduler-plugin/src/test/NewTest.java");

    assertThat(waip("demo").err()).isEmpty();
  }

  private void touchAfterBuild(String path) throws IOException {
    Path file = Files.writeString(checkout.resolve(path), "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsRepeated() throws Exception {
    jdk("jdk-25", "25");
    maven("3.8.7", "echo '[INFO] fine'; echo '[ERROR] Foo.java:[3] broken'; exit 1");

    Run run = waip("demo");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("[ERROR] Foo.java:[3] broken", "the build failed")
        .doesNotContain("fine");
    maven("3.8.7", "");
    assertThat(waip("demo").exitCode()).isEqualTo(7);
  }

  @Test
  void worksThroughASymbolicLinkFromAnywhere() throws Exception {
    jdk("jdk-25", "25");
    Path link = Files.createSymbolicLink(bin.resolve("waip"), checkout.resolve("waip"));

    Run run = run(link, "demo");

    assertThat(run.out()).contains(checkout.toRealPath() + "/scheduler-plugin/cli/target/lib/*\n");
  }

  @Test
  void handsTritonToItsScriptWithoutAJdk() throws Exception {
    Path folder = checkout.resolve("scheduler-plugin/cli/src/main/dist/bin");
    Files.createDirectories(folder);
    script(folder.resolve("waip-triton"), "printf '%s\\n' \"$@\"; exit 3\n");

    Run run = waip("triton", "bypass", "on", "--pid", "1 2");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEqualTo("bypass\non\n--pid\n1 2\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void givesTheJvmTheUsersOptions() throws Exception {
    jdk("jdk-25", "25");
    environment.put("WAIP_JAVA_OPTS", "-Xmx2g -Dx=y");

    assertThat(dryRun("demo").out())
        .contains("--enable-native-access=ALL-UNNAMED\n", "-Xmx2g\n-Dx=y\n");
  }
}
