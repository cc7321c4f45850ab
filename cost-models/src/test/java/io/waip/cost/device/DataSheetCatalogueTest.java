package io.waip.cost.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.resource.DeviceCatalogue;
import io.waip.api.resource.DeviceFacts;
import io.waip.api.resource.Figure;
import io.waip.api.resource.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSheetCatalogueTest {
  private static final String HEADER =
      "device,also,memory_gb,memory_gb_per_s,fp16_tflops,int8_tops,fp8_tflops,board_w,source\n";

  private final DataSheetCatalogue shipped = new DataSheetCatalogue();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "a100, a100-sxm4-80gb",
    "a100-80gb, a100-sxm4-80gb",
    "NVIDIA A100-SXM4-40GB, a100-sxm4-40gb",
    "NVIDIA A100 80GB PCIe, a100-sxm4-80gb",
    "nvidia a100-pcie-80gb, a100-pcie-80gb",
    "NVIDIA H100 PCIe, h100-pcie",
    "NVIDIA H100 80GB HBM3, h100-sxm5",
    "h100-80gb-pcap, h100-sxm5",
    "Tesla T4, t4",
    "NVIDIA L40S, l40s",
    "NVIDIA L4, l4"
  })
  void findsADeviceByAnyTextThatNamesIt(String text, String device) {
    assertThat(shipped.find(text).device()).isEqualTo(device);
  }

  @Test
  void knowsNothingOfOthersAndSaysWhatIsMissing() {
    DeviceFacts cpu = shipped.find("EPYC 7B13");

    assertThat(cpu).isEqualTo(DeviceFacts.unknown("EPYC 7B13"));
    assertThat(cpu.memoryBytes().basis()).containsExactly("memory of EPYC 7B13");
    assertThat(shipped.find("").device()).isEqualTo("a device without a name");
  }

  @Test
  void tellsEveryFigureWithItsSourceAndIdlePowerAsUnknown() {
    assertThat(shipped.devices()).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    assertThat(shipped.devices())
        .allSatisfy(device -> {
          assertThat(device.memoryBytes().value()).isBetween(16e9, 200e9);
          assertThat(device.memoryBytesPerSecond().value()).isBetween(0.3e12, 10e12);
          assertThat(device.operationsPerSecond(Precision.FP16).value()).isGreaterThan(60e12);
          assertThat(device.boardWatts().value()).isBetween(70.0, 1000.0);
          assertThat(device.boardWatts().basis()).singleElement().asString().contains("sheet");
          assertThat(device.idleWatts().isKnown()).isFalse();
        });
    assertThat(shipped.find("v100").operationsPerSecond(Precision.FP8).isKnown()).isFalse();
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(DeviceCatalogue.class))
        .hasOnlyElementsOfType(DataSheetCatalogue.class);
  }

  @Test
  void findsANameAsAWordOfAPathOnly() {
    assertThat(shipped.wordIn("compute/a40/phi-2/mlp.csv")).isEqualTo("a40");
    assertThat(shipped.wordIn("/data/a100/h100_mlp.csv")).isEqualTo("h100");
    assertThat(shipped.wordIn("/data/xa100x/mlp.csv")).isEmpty();
  }

  @Test
  void readsATableOfTheUsers() throws IOException {
    Path file = table("mine,m1,8,100,50,,,40,measured in our rack\n");
    DeviceFacts mine = DataSheetCatalogue.read(file).find("m1");

    assertThat(mine.memoryBytes()).isEqualTo(Figure.of(8e9, 0.9, "measured in our rack"));
    assertThat(mine.operationsPerSecond(Precision.INT8).isKnown()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mine,,0,100,50,,,40,us; devices.csv:2: column 'memory_gb': found '0'",
        "mine,,-8,100,50,,,40,us; devices.csv:2: column 'memory_gb': found '-8'",
        "mine,,8,100,NaN,,,40,us; devices.csv:2: column 'fp16_tflops': found 'NaN'",
        "Mine,,8,100,50,,,40,us; devices.csv:2: column 'device': found 'Mine'",
        "mine,mine,8,100,50,,,40,us; devices.csv:2: column 'also': found 'mine'",
        "mine,,8,100,50,,,40,; devices.csv:2: column 'source': found ''",
        "mine,,8,100,50; devices.csv:2: 5 fields",
      })
  void refusesABrokenTableWithItsLine(String row, String says) throws IOException {
    Path file = table(row + "\n");

    assertThatThrownBy(() -> DataSheetCatalogue.read(file))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageContaining(says)
        .hasMessageContaining("; remedy: ");
  }

  private Path table(String rows) throws IOException {
    return Files.writeString(folder.resolve("devices.csv"), HEADER + rows);
  }
}
