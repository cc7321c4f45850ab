package io.waip.triton.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockRepositoryTest {
  @TempDir private Path folder;

  @Test
  void writesATargetWithItsVersionsAndCode() throws Exception {
    StockRepository repository = repository().targets(List.of("versions"));

    Path model = repository.models().resolve("versions");
    assertThat(Files.readString(model.resolve("config.pbtxt")))
        .startsWith("name: \"versions\"\n")
        .contains("version_policy", "backend: \"python\"");
    assertThat(model.resolve("1/model.py")).isRegularFile();
    assertThat(model.resolve("2/model.py")).isRegularFile();
  }

  @Test
  void writesAFrontWithTheTargetsInterfaceAndNoneOfItsServing() throws Exception {
    StockRepository repository =
        repository().front("front_mixer", "mixer", Map.of("seat", "child"));

    Path model = repository.models().resolve("front_mixer");
    assertThat(Files.readString(model.resolve("config.pbtxt")))
        .startsWith("name: \"front_mixer\"\nmax_batch_size: 16\n")
        .contains("name: \"HASH\"", "backend: \"waip\"")
        .contains("key: \"target\" value: { string_value: \"mixer\" }")
        .contains("key: \"seat\" value: { string_value: \"child\" }")
        .doesNotContain("python", "dynamic_batching", "instance_group");
    assertThat(model.resolve("1")).isEmptyDirectory();
  }

  @Test
  void putsModelsIntoTheStepsOfAnEnsemble() throws Exception {
    StockRepository repository = repository().ensemble("both", "front_mixer", "mixer");

    assertThat(Files.readString(repository.models().resolve("both/config.pbtxt")))
        .contains("model_name: \"front_mixer\"", "model_name: \"mixer\"")
        .doesNotContain("@");
  }

  @Test
  void readsWhatTheInstallerPrints() {
    StockInstallation read =
        StockInstallation.of(
            "home=/h\nserver=/h/s\npython=/h/p\npython_home=/usr\npython_library=/l/x.so\npython_packages=/h/q\n");

    assertThat(read.server()).isEqualTo(Path.of("/h/s"));
    assertThat(read.pythonLibrary()).isEqualTo(Path.of("/l/x.so"));
  }

  @Test
  void namesAFactTheInstallerLeftOut() {
    assertThatThrownBy(() -> StockInstallation.of("server=/h/s\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("printed no python");
  }

  private StockRepository repository() {
    StockInstallation installation =
        new StockInstallation(
            folder.resolve("server"), folder, folder, folder.resolve("libpython.so"), folder);
    return StockRepository.in(folder.resolve("repository"), installation);
  }
}
