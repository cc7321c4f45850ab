package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/run} in a checkout whose launcher is a shell script. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContinuousBuildTest {

  /** Shell lines that leave a report of two passed tests, later than the start of the build. */
  private static final String TWO_PASSED =
      """
      mkdir -p module/target/surefire-reports
      echo '<testsuite name="A" tests="2" errors="0" skipped="0" failures="0">' \
        >module/target/surefire-reports/TEST-A.xml
      touch -d '1 hour' module/target/surefire-reports/TEST-A.xml
      """;

  @TempDir private Path checkout;

  private int exitCode;
  private String out = "";

  @BeforeEach
  void copyScripts() throws IOException {
    Files.createDirectories(checkout.resolve(".ci"));
    for (String name : new String[] {".ci/run", ".ci/report"}) {
      Files.copy(ProjectFiles.at(name), checkout.resolve(name));
    }
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
  }

  private void run(String launcherLines) throws IOException, InterruptedException {
    Path launcher = checkout.resolve("waip");
    Files.writeString(launcher, "#!/bin/sh\necho \"waip $*\"\n" + launcherLines);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process process =
        new ProcessBuilder("bash", checkout.resolve(".ci/run").toString())
            .redirectErrorStream(true)
            .start();
    out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    exitCode = process.waitFor();
  }

  @Test
  void passesWhenTheTestsRanAndPassed() throws Exception {
    run(TWO_PASSED);

    assertThat(out).contains("waip verify --batch-mode", "tests: 2 ran, 0 failed, 0 skipped");
    assertThat(exitCode).isZero();
  }

  @Test
  void failsWhenVerifyFailsAlthoughTheTestsPassed() throws Exception {
    run(TWO_PASSED + "exit 1\n");

    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void failsWhenVerifyPassesWithoutRunningATest() throws Exception {
    run("exit 0\n");

    assertThat(out).contains("tests: none ran");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void runsTheOutsideTestsOnceTheyExist() throws Exception {
    run(TWO_PASSED);
    assertThat(out).contains("no profile \"outside\"").doesNotContain("-Poutside\n");

    Files.writeString(checkout.resolve("pom.xml"), "<profile>\n<id>outside</id>\n</profile>");
    run(TWO_PASSED);
    assertThat(out).contains("waip verify --batch-mode --fail-at-end -Poutside\n");
  }
}
