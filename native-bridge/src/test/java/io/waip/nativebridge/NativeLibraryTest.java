package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.waip.nativebridge.NativeSettings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Load order and refusals, on the built library and on wrong ones that the C test build makes. */
@ExtendWith(NativePart.class)
class NativeLibraryTest {
  private static final Path BUILD =
      Path.of(System.getProperty("basedir", "."), "target/cmake/release").toAbsolutePath();
  private static final Path BRIDGE_FOLDER = BUILD.resolve("bridge");
  private static final Path BRIDGE = BRIDGE_FOLDER.resolve(NativeLibrary.FILE_NAME);
  private static final String PLATFORM = NativeSettings.fromSystemProperties().platform();
  private static final String NOWHERE = "linux-none";

  @TempDir Path folder;

  @Test
  void loadsThePackagedLibraryAndLeavesNoFile() throws NativeUnavailableException {
    BridgeLibrary library = NativeLibrary.load(settings(null, "", PLATFORM));
    assertThat(library.origin()).endsWith(NativeLibrary.FILE_NAME);
    assertThat(Path.of(library.origin())).doesNotExist();
  }

  @Test
  void prefersTheExplicitPath() throws NativeUnavailableException, IOException {
    Path copy = Files.copy(BRIDGE, folder.resolve("other-name.so"));
    BridgeLibrary library = NativeLibrary.load(settings(copy.toString(), "", PLATFORM));
    assertThat(library.origin()).isEqualTo(copy.toString());
  }

  @Test
  void prefersThePackagedLibraryToTheLibraryPath() throws NativeUnavailableException {
    String path = BRIDGE_FOLDER.toString();
    BridgeLibrary library = NativeLibrary.load(settings(null, path, PLATFORM));
    assertThat(library.origin()).isNotEqualTo(BRIDGE.toString());
  }

  @Test
  void searchesTheLibraryPathLast() throws NativeUnavailableException {
    String path = folder + ":" + BRIDGE_FOLDER;
    BridgeLibrary library = NativeLibrary.load(settings(null, path, NOWHERE));
    assertThat(library.origin()).isEqualTo(BRIDGE.toString());
  }

  @Test
  void skipsAnUnusableLibraryOnTheLibraryPath() throws NativeUnavailableException, IOException {
    Files.copy(BUILD.resolve("test/libother_abi.so"), folder.resolve(NativeLibrary.FILE_NAME));
    String path = folder + ":" + BRIDGE_FOLDER;
    BridgeLibrary library = NativeLibrary.load(settings(null, path, NOWHERE));
    assertThat(library.origin()).isEqualTo(BRIDGE.toString());
  }

  @Test
  void namesEveryPlaceWhereNothingIsUsable() throws IOException {
    Files.copy(BUILD.resolve("test/libother_abi.so"), folder.resolve(NativeLibrary.FILE_NAME));
    assertThatExceptionOfType(NativeUnavailableException.class)
        .isThrownBy(() -> NativeLibrary.load(settings(null, folder.toString(), NOWHERE)))
        .withMessageContainingAll(
            "packaged: none for linux-none", "ABI version 99, needed is 1", "java.library.path");
  }

  @Test
  void refusesAnExplicitLibraryOfAnotherVersion() {
    assertRefused(BUILD.resolve("test/libother_abi.so"), "ABI version 99, needed is 1");
  }

  @Test
  void refusesAnExplicitLibraryWithoutTheCalls() {
    assertRefused(BUILD.resolve("test/libhalf_bridge.so"), "no symbol waip_gather");
    assertRefused(BUILD.resolve("test/libstray_export.so"), "no symbol waip_abi_version");
  }

  @Test
  void refusesAnExplicitFileThatIsNoLibrary() throws IOException {
    assertRefused(Files.writeString(folder.resolve("text.so"), "text"), "cannot be opened");
    assertRefused(folder.resolve("absent.so"), "cannot be opened");
    assertRefused(folder, "cannot be opened");
  }

  private static void assertRefused(Path explicit, String reason) {
    assertThatIllegalStateException()
        .isThrownBy(() -> NativeLibrary.load(settings(explicit.toString(), "", PLATFORM)))
        .withMessageContainingAll("waip.native.path", explicit.toString(), reason);
  }

  private static NativeSettings settings(
      @Nullable String explicit, String libraryPath, String platform) {
    return new NativeSettings(Mode.AUTO, explicit, libraryPath, platform);
  }
}
