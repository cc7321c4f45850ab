package io.waip.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginPathTest {
  @TempDir private Path folder;

  private Path jar(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    return Files.createFile(file);
  }

  @Test
  void isEmptyWhereNothingIsGiven() {
    assertThat(PluginPath.of(List.of(), null).plugins()).isEmpty();
    assertThat(PluginPath.of(List.of(), "").plugins()).isEmpty();
  }

  @Test
  void takesAJarOrAFolderOfJarsForAPlugIn() throws IOException {
    Path lone = jar("a/m.jar");
    Path first = jar("a/n/1.jar");
    Path second = jar("a/n/2.jar");
    Path other = jar("b/a.jar");

    assertThat(PluginPath.of(List.of(folder.resolve("b"), folder.resolve("a")), null).plugins())
        .containsExactly(List.of(other), List.of(lone), List.of(first, second));
  }

  @Test
  void takesTheVariableWhereTheOptionIsNotGiven() throws IOException {
    Path a = jar("a/1.jar");
    Path b = jar("b/2.jar");
    String variable = folder.resolve("a") + ":" + folder.resolve("b");

    assertThat(PluginPath.of(List.of(), variable).plugins())
        .containsExactly(List.of(a), List.of(b));
    assertThat(PluginPath.of(List.of(folder.resolve("b")), variable).plugins())
        .containsExactly(List.of(b));
  }

  @Test
  void namesTheVariableWhereItIsWrong() {
    assertThatThrownBy(() -> PluginPath.of(List.of(), folder + "/x").plugins())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("WAIP_PLUGIN_PATH: '" + folder + "/x' does not exist");
    assertThatThrownBy(() -> PluginPath.of(List.of(), folder + ":").plugins())
        .hasMessageContaining("holds no jar");
    assertThatThrownBy(() -> PluginPath.of(List.of(), ":").plugins())
        .hasMessageStartingWith("WAIP_PLUGIN_PATH: '' does not exist");
  }
}
