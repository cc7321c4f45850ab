package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The count of tests that the continuous build prints and judges by. */
class TestReportTest {

  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path checkout;

  private int exitCode;
  private String out = "";

  @BeforeEach
  void begin() throws IOException {
    Files.setLastModifiedTime(Files.createFile(checkout.resolve("begun")), FileTime.from(BEGUN));
  }

  private void report(String module, String name, Instant time, String xml) throws IOException {
    Path folder = Files.createDirectories(checkout.resolve(module + "/target/surefire-reports"));
    Path file = Files.writeString(folder.resolve("TEST-" + name + ".xml"), xml);
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private void count() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "bash",
                ProjectFiles.at(".ci/report").toString(),
                checkout.toString(),
                checkout.resolve("begun").toString())
            .redirectErrorStream(true)
            .start();
    out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    exitCode = process.waitFor();
  }

  private static String suite(int tests, int failures, int skipped, String cases) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuite name="a.B" time="0.1" tests="%d" errors="0" skipped="%d" failures="%d">
      <properties><property name="x" value="y"/></properties>
    %s</testsuite>
    """
        .formatted(tests, skipped, failures, cases);
  }

  private static String testCase(String element) {
    return """
      <testcase name="c" classname="a.B">
        %s
      </testcase>
    """
        .formatted(element);
  }

  @Test
  void addsUpTheSuitesOfAllModules() throws Exception {
    report("one", "A", BEGUN.plusSeconds(1), suite(3, 0, 0, ""));
    report("two words", "B", BEGUN.plusSeconds(1), suite(4, 0, 0, ""));

    count();

    assertThat(out).isEqualTo("tests: 7 ran, 0 failed, 0 skipped\n");
    assertThat(exitCode).isZero();
  }

  @Test
  void failsWhenATestFailedAndNamesIt() throws Exception {
    String failed = testCase("<failure message=\"x\">t</failure>");
    report("one", "A", BEGUN.plusSeconds(1), suite(2, 1, 0, failed));

    count();

    assertThat(out).isEqualTo("failed: a.B.c\ntests: 2 ran, 1 failed, 0 skipped\n");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void printsTheReasonOfASkip() throws Exception {
    String skipped = testCase("<skipped message=\"no &quot;GPU&quot;\"/>");
    report("one", "A", BEGUN.plusSeconds(1), suite(2, 0, 1, skipped));

    count();

    assertThat(out).isEqualTo("skipped: a.B.c: no \"GPU\"\ntests: 1 ran, 0 failed, 1 skipped\n");
    assertThat(exitCode).isZero();
  }

  @Test
  void printsTheReasonOfAnAssumption() throws Exception {
    String skipped =
        testCase(
            "<skipped type=\"T\"><![CDATA[org.x.AbortedException: Assumption failed: no GPU\n");
    report("one", "A", BEGUN.plusSeconds(1), suite(2, 0, 1, skipped));

    count();

    assertThat(out).startsWith("skipped: a.B.c: Assumption failed: no GPU\n");
    assertThat(exitCode).isZero();
  }

  /** What JUnit writes for a skip nobody explained. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<skipped/>",
        "<skipped message=\"void a.B.c() is @Disabled\"/>",
        "<skipped type=\"T\"><![CDATA[org.x.AbortedException: Assumption failed: assumption is not true\n"
      })
  void failsWhenASkipHasNoReason(String element) throws Exception {
    String skipped = testCase(element);
    report("one", "A", BEGUN.plusSeconds(1), suite(2, 0, 1, skipped));

    count();

    assertThat(out).contains("skipped: a.B.c: NO REASON GIVEN");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void failsWhenNoTestRan() throws Exception {
    report("one", "Stale", BEGUN.minusSeconds(1), suite(9, 0, 0, ""));

    count();

    assertThat(out).isEqualTo("tests: none ran\n");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void failsWhenEveryTestWasSkipped() throws Exception {
    String skipped = testCase("<skipped message=\"why\"/>");
    report("one", "A", BEGUN.plusSeconds(1), suite(1, 0, 1, skipped));

    count();

    assertThat(exitCode).isEqualTo(1);
  }
}
