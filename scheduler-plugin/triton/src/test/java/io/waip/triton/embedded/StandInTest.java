package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.nativebridge.SharedLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stand-ins hold exactly what the core looks up in the libraries they stand for, read from the
 * files: on a machine with the real libraries nothing else would notice.
 */
@ExtendWith(TritonCore.class)
class StandInTest {
  private static final String CORE = "/org/bytedeco/tritonserver/linux-x86_64/libtritonserver.so";

  @TempDir Path folder;

  @Test
  void holdsWhatTheCoreLooksUpInCuda() throws Exception {
    assertThat(defined("libcudart.so.12")).isEqualTo(needed("\\w+@libcudart\\.so\\.12"));
  }

  @Test
  void holdsWhatTheCoreLooksUpInNuma() throws Exception {
    assertThat(defined("libnuma.so.1")).isEqualTo(needed("\\w+@libnuma_1\\.1"));
  }

  @Test
  void holdsWhatTheCoreLooksUpInDcgm() throws Exception {
    // Without a symbol version, so told by their names.
    assertThat(defined("libdcgm.so.3")).isEqualTo(needed("dcgm\\w+|errorString"));
  }

  /** Names with versions that the core wants from others. */
  private Set<String> needed(String names) throws Exception {
    Path core = folder.resolve("core.so");
    if (!Files.exists(core)) {
      try (InputStream packed = StandInTest.class.getResourceAsStream(CORE)) {
        Files.copy(packed, core);
      }
    }
    return symbols(core, " UND (" + names + ")(?: \\(\\d+\\))?$");
  }

  /** Names with versions that a stand-in defines. */
  private Set<String> defined(String library) throws Exception {
    Path file = folder.resolve(library);
    SharedLibraries.unpack("standin/" + library, file);
    Set<String> found = new TreeSet<>();
    for (String name : symbols(file, " FUNC +GLOBAL +DEFAULT +\\d+ (\\S+)$")) {
      found.add(name.replace("@@", "@"));
    }
    return found;
  }

  private static Set<String> symbols(Path library, String pattern) throws Exception {
    Process readelf =
        new ProcessBuilder(List.of("readelf", "-W", "--dyn-syms", library.toString()))
            .redirectErrorStream(true)
            .start();
    Set<String> found = new TreeSet<>();
    Pattern symbol = Pattern.compile(pattern);
    try (var lines = readelf.inputReader()) {
      lines
          .lines()
          .forEach(line -> {
            Matcher match = symbol.matcher(line);
            if (match.find()) {
              found.add(match.group(1));
            }
          });
    }
    if (readelf.waitFor() != 0 || found.isEmpty()) {
      throw new IOException("readelf found no such symbols in " + library);
    }
    return found;
  }
}
