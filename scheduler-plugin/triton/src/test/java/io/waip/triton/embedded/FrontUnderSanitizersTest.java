package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tests of the front in a JVM's core once more, in a JVM that has loaded a sanitizer before all
 * else, with the front that is built with it.
 */
@ExtendWith(TritonCore.class)
@Timeout(240)
class FrontUnderSanitizersTest {
  /** The JVM handles signals itself, and never frees what it made at its start. */
  private static final String OPTIONS =
      ":handle_segv=0:handle_sigbus=0:handle_sigfpe=0:allow_user_segv_handler=1"
          + ":detect_leaks=0:use_sigaltstack=0";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"ADDRESS", "THREAD"})
  void passesItsTests(NativeBuild build) throws Exception {
    NativeBuild.Ended ended = run(build, "", FrontInProcessTest.class, OnnxInProcessTest.class);
    assertThat(ended).matches(NativeBuild.Ended::isSound);
    assertThat(ended.output()).contains("7 passed, 0 failed, 0 skipped");
  }

  @ParameterizedTest
  @CsvSource({
    "ADDRESS, overread, AddressSanitizer: use-after-poison, faulty_share.c",
    "THREAD, race, ThreadSanitizer: data race, libtriton_waip.so"
  })
  void failsWithAPlantedFault(NativeBuild build, String fault, String message, String place)
      throws Exception {
    NativeBuild.Ended ended = run(build, fault, FrontInProcessTest.class);
    assertThat(ended.reports()).contains(message).contains(place);
  }

  private NativeBuild.Ended run(NativeBuild build, String fault, Class<?>... tests)
      throws Exception {
    Path runtime = build.runtime();
    assumeTrue(
        runtime.isAbsolute() && Files.exists(runtime),
        "the compiler has no sanitizer that a JVM could load (" + runtime + ")");
    List<String> command =
        new ArrayList<>(
            List.of(
                build.file("test/run_preloaded").toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // ONNX Runtime nests deeper at its start when there is a sanitizer.
                "-Xss16m",
                "-Djava.io.tmpdir=" + folder,
                "-Dbasedir=" + System.getProperty("basedir", "."),
                "-D" + InProcessFront.LIBRARY_PROPERTY + "=" + build.front(fault),
                "-cp",
                System.getProperty("java.class.path"),
                SuiteProcess.class.getName()));
    for (Class<?> test : tests) {
      command.add(test.getName());
    }
    return build
        .run(command, OPTIONS, Files.createDirectory(folder.resolve("run")))
        .sifted(RaceReports::withinTheFront);
  }
}
