package io.waip.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class JsonOutputTest {

  @TempDir private Path folder;

  private record Figures(double goodputRps, long sloMs) {}

  @Command
  private static final class Producer {
    @CommandLine.Mixin private final JsonOutput json = new JsonOutput();
  }

  private static JsonOutput parse(String... args) {
    Producer producer = new Producer();
    new CommandLine(producer).parseArgs(args);
    return producer.json;
  }

  @Test
  void writesComponentsAsSnakeCaseKeys() throws IOException {
    Path file = folder.resolve("out.json");

    parse("--json", file.toString()).write(new Figures(12.5, 100));

    assertThat(file)
        .content()
        .contains("\"goodput_rps\" : 12.5", "\"slo_ms\" : 100")
        .endsWith("}\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void replacesAnOlderFile() throws IOException {
    Path file = Files.writeString(folder.resolve("out.json"), "old");

    JsonOutput json = parse("--json", file.toString());
    json.check();
    json.write(new Figures(1, 2));

    assertThat(file).content().doesNotContain("old");
  }

  @Test
  void writesThroughADeviceWithoutReplacingIt() {
    JsonOutput json = parse("--json", "/dev/null");
    json.check();
    json.write(new Figures(1, 2));

    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void doesNothingWhenNotAsked() {
    JsonOutput json = parse();

    assertThat(json.isWanted()).isFalse();
    assertThatCode(json::check).doesNotThrowAnyException();
    assertThatCode(() -> json.write(new Figures(1, 2))).doesNotThrowAnyException();
  }

  @Test
  void refusesAMissingFolderBeforeTheWorkStarts() {
    JsonOutput json = parse("--json", folder.resolve("absent/out.json").toString());

    assertThatThrownBy(json::check)
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("--json: cannot write", "does not exist", "remedy:");
  }

  @Test
  void refusesAFolder() {
    JsonOutput json = parse("--json", folder.toString());

    assertThatThrownBy(json::check)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is a folder");
  }
}
