package io.waip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.cli.ProjectFiles;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeyTest {

  private static final Path DOCUMENT = ProjectFiles.at("docs/configuration.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\|(.*)\\|$", Pattern.MULTILINE);

  private static List<ConfigKey> keys() {
    List<ConfigKey> keys = new ArrayList<>(Arrays.asList(ConfigKey.values()));
    keys.remove(ConfigKey.ROOT);
    keys.removeIf(key -> key.path().endsWith("[]"));
    return keys;
  }

  @Test
  void theDocumentListsExactlyTheKeysOfTheReader() throws IOException {
    List<String> documented =
        ROW.matcher(Files.readString(DOCUMENT)).results().map(row -> row.group(1)).toList();

    assertThat(documented).containsExactlyElementsOf(keys().stream().map(ConfigKey::path).toList());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theDocumentStatesUnitDefaultRangeAndMeaning(ConfigKey key) throws IOException {
    Matcher row = ROW.matcher(Files.readString(DOCUMENT));
    while (row.find()) {
      if (row.group(1).equals(key.path())) {
        List<String> cells =
            Arrays.stream(row.group(2).split("\\|", -1)).map(String::strip).toList();
        assertThat(cells).hasSize(4);
        assertThat(cells.subList(0, 3))
            .containsExactly(key.unit(), key.defaultText(), key.allowed());
        assertThat(cells.get(3)).isNotBlank();
        return;
      }
    }
    throw new AssertionError(key.path() + " has no row");
  }

  @Test
  void theExampleOfTheDocumentIsValid() throws IOException {
    String document = Files.readString(DOCUMENT);
    int start = document.indexOf("```yaml\n") + "```yaml\n".length();
    String example = document.substring(start, document.indexOf("```", start));

    assertThat(PlannerConfig.parse("docs/configuration.md", example).services()).hasSize(1);
  }

  /** A declared key whose value nobody reads would be a knob without effect. */
  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsRead(ConfigKey key) {
    String name = key.path().substring(key.path().lastIndexOf('.') + 1);
    String nonsense = name + ": { nonsense: [1] }";
    String yaml =
        switch (key) {
          case ENDPOINTS_FILE -> withEndpoints("  " + nonsense);
          case ENDPOINTS_KUBERNETES -> withEndpoints("  " + nonsense);
          case KUBERNETES_NAMESPACE, KUBERNETES_POOL -> {
            String valid = "  kubernetes: { namespace: models, pool: llm }";
            yield withEndpoints(valid.replaceAll("(" + name + "): \\w+", "$1: { nonsense: [1] }"));
          }
          default -> withValueReplaced(key, nonsense);
        };

    assertThatThrownBy(() -> PlannerConfig.parse("c.yaml", yaml))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name);
  }

  private static String withEndpoints(String source) {
    int start = FullConfig.YAML.indexOf("endpoints:") + "endpoints:\n".length();
    int end = FullConfig.YAML.indexOf("planner:");
    return FullConfig.YAML.substring(0, start) + source + "\n" + FullConfig.YAML.substring(end);
  }

  /** Replaces a key and the deeper-indented lines below it in the full configuration. */
  private static String withValueReplaced(ConfigKey key, String replacement) {
    List<String> lines = new ArrayList<>(FullConfig.YAML.lines().toList());
    int at = -1;
    for (String segment : key.path().replace("[]", "").split("\\.", -1)) {
      at++;
      while (!lines.get(at).strip().replaceFirst("^- ", "").startsWith(segment + ":")) {
        at++;
      }
    }
    String line = lines.get(at);
    int column = indentOf(line.replace('-', ' '));
    lines.set(at, line.substring(0, column) + replacement);
    while (at + 1 < lines.size() && indentOf(lines.get(at + 1)) > column) {
      lines.remove(at + 1);
    }
    return String.join("\n", lines);
  }

  private static int indentOf(String line) {
    return line.length() - line.stripLeading().length();
  }
}
