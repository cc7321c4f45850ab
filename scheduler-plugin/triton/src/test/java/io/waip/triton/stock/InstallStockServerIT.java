package io.waip.triton.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that installs the stock server: what it prints, and how it says no. */
class InstallStockServerIT {
  @TempDir private Path folder;

  @Test
  void installsOnceAndThenOnlySaysWhere() throws Exception {
    StockInstallation first = StockInstallation.require();
    Path marker = first.server().resolve("../../../installed").normalize();
    long written = Files.getLastModifiedTime(marker).toMillis();

    StockInstallation second = StockInstallation.require();

    assertThat(second).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(marker).toMillis()).isEqualTo(written);
    assertThat(first.server().resolve("bin/tritonserver")).isExecutable();
    assertThat(first.server().resolve("backends/python/triton_python_backend_stub")).isExecutable();
  }

  @Test
  void namesAFolderItCannotWriteTo() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    Outcome outcome = install(Map.of("WAIP_OUTSIDE_HOME", file.resolve("below").toString()));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines())
        .isEqualTo(
            "install-stock-server: cannot write to "
                + file.resolve("below")
                + ": set WAIP_OUTSIDE_HOME to a folder of yours");
  }

  @Test
  void saysWhenNoPackageCanBeFetched() throws Exception {
    StockInstallation.require(); // so a Python is there, or this is skipped
    Map<String, String> noIndex =
        Map.of(
            "PIP_NO_INDEX",
            "1",
            "PIP_FIND_LINKS",
            folder.toString(),
            "WAIP_OUTSIDE_HOME",
            folder + "/home");

    Outcome outcome = install(noIndex);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines().lines().toList().getLast())
        .contains(
            "pip could not fetch the Python packages", "PIP_INDEX_URL", "No matching distribution");
  }

  @Test
  void refusesAnotherProcessor() throws Exception {
    Path uname = Files.writeString(folder.resolve("uname"), "#!/bin/sh\necho Linux riscv64\n");
    assertThat(uname.toFile().setExecutable(true)).isTrue();
    Map<String, String> other =
        Map.of("PATH", folder + ":" + System.getenv("PATH"), "WAIP_OUTSIDE_HOME", folder + "/home");

    Outcome outcome = install(other);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines()).contains("Linux on x86_64 only, this is Linux riscv64");
  }

  private record Outcome(int exitCode, String lines) {}

  /** Runs the script; {@code lines} is what it says besides its result. */
  private static Outcome install(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", OutsideFiles.folder().resolve("install-stock-server").toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String lines = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Outcome(process.exitValue(), lines.strip());
  }
}
