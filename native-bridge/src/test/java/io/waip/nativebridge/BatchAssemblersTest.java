package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.waip.nativebridge.NativeSettings.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class BatchAssemblersTest {
  private static final String NOWHERE = "linux-none";

  private final RecordingLogger logger = new RecordingLogger();

  @Test
  void offChoosesJavaAndLooksForNothing() {
    NativeSettings settings = new NativeSettings(Mode.OFF, "/no/such/file", "", NOWHERE);
    assertThat(BatchAssemblers.choose(settings, logger).name()).isEqualTo("java");
    assertThat(logger.lines()).isEmpty();
  }

  @Test
  void autoFallsBackToJavaWithOneLineThatNamesTheRemedy() {
    NativeSettings settings = new NativeSettings(Mode.AUTO, null, "", NOWHERE);
    assertThat(BatchAssemblers.choose(settings, logger).name()).isEqualTo("java");
    assertThat(logger.lines())
        .singleElement()
        .asString()
        .startsWith("WARNING")
        .contains("linux-none", "java.library.path")
        .contains("-Dwaip.native.path=FILE", "-Dwaip.native=off");
  }

  @Test
  void onRefusesToStartWithoutTheLibrary() {
    NativeSettings settings = new NativeSettings(Mode.ON, null, "", NOWHERE);
    assertThatIllegalStateException()
        .isThrownBy(() -> BatchAssemblers.choose(settings, logger))
        .withMessageContainingAll("waip.native is on", "linux-none", "-Dwaip.native.path=FILE");
  }

  @Test
  void autoRefusesAWrongExplicitPath() {
    NativeSettings settings = new NativeSettings(Mode.AUTO, "/no/such/file", "", NOWHERE);
    assertThatIllegalStateException()
        .isThrownBy(() -> BatchAssemblers.choose(settings, logger))
        .withMessageContainingAll("waip.native.path", "/no/such/file");
  }

  @Test
  @ExtendWith(NativePart.class)
  void autoChoosesNativeSilentlyWhereItLoads() {
    NativeSettings settings =
        new NativeSettings(Mode.AUTO, null, "", NativeSettings.fromSystemProperties().platform());
    assertThat(BatchAssemblers.choose(settings, logger).name()).isEqualTo("ffm");
    assertThat(logger.lines()).isEmpty();
  }

  @Test
  void bestIsChosenOnceAndFollowsTheProperty() {
    BatchAssembler best = BatchAssemblers.best();
    assertThat(best.name()).isEqualTo(NativePart.isOff() ? "java" : "ffm");
    assertThat(BatchAssemblers.best()).isSameAs(best);
  }

  @Test
  void wrongModeIsRefusedWithTheAllowedValues() {
    assertThatIllegalStateException()
        .isThrownBy(() -> NativeSettings.parseMode("false"))
        .withMessage("waip.native is 'false'; allowed are auto, on and off");
    assertThat(NativeSettings.parseMode("auto")).isEqualTo(Mode.AUTO);
    assertThat(NativeSettings.parseMode("on")).isEqualTo(Mode.ON);
    assertThat(NativeSettings.parseMode("off")).isEqualTo(Mode.OFF);
  }

  @Test
  void platformIsNamedAsTheBuildNamesIt() {
    assertThat(NativeSettings.platform("Linux", "amd64")).isEqualTo("linux-x86_64");
    assertThat(NativeSettings.platform("Linux", "aarch64")).isEqualTo("linux-aarch64");
    assertThat(NativeSettings.platform("Mac OS X", "aarch64")).isEqualTo("mac_os_x-aarch64");
  }
}
