package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Opening libraries for others, on the built libraries. */
@ExtendWith(NativePart.class)
class SharedLibrariesTest {
  private static final Path BUILD =
      Path.of(System.getProperty("basedir", "."), "target/cmake/release").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void findsTheSystemsLibrariesByName() {
    assertThat(SharedLibraries.isPresent("libc.so.6")).isTrue();
    assertThat(SharedLibraries.isPresent("libwaip_absent.so.0")).isFalse();
  }

  @Test
  void loadsALibraryThatOthersThenFindByItsName() throws IOException {
    Path file = folder.resolve("any-name.so");
    SharedLibraries.unpack("standin/libdcgm.so.3", file);
    SharedLibraries.load(file);
    assertThat(SharedLibraries.isPresent("libdcgm.so.3")).isTrue();
  }

  @Test
  void saysWhyALibraryCannotBeLoaded() {
    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(() -> SharedLibraries.load(folder.resolve("absent.so")))
        .withMessageContaining("absent.so");
  }

  @Test
  void saysWhatIsNotPackaged() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> SharedLibraries.unpack("libabsent.so", folder.resolve("x")))
        .withMessageContaining("libabsent.so")
        .withMessageContaining(SharedLibraries.platform());
  }

  @Test
  void showsSymbolsToAllOnlyWhenAsked() {
    // stray_export has the symbol waip_stray, which no other library has.
    Path library = BUILD.resolve("test/libstray_export.so");
    SharedLibraries.load(library);
    assertThat(SharedLibraries.isSeenByAll("waip_stray")).isFalse();
    SharedLibraries.loadForAll(library);
    assertThat(SharedLibraries.isSeenByAll("waip_stray")).isTrue();
  }
}
