package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VidurReaderTest {
  private static final String HEADER =
      "time_stats.emb.mean,time_stats.emb.median,time_stats.mlp_up_proj.median,n_head,num_tokens,"
          + "num_tensor_parallel_workers\n";

  @TempDir private Path folder;

  private final VidurReader reader = new VidurReader();

  private Path file(String name, String rows) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, HEADER + rows);
  }

  @Test
  void sumsTheMediansOfAllOperators() throws IOException {
    Path file = file("profile.csv", "9,0.5,0.25,32,64,1\n9,1.5,0.25,32,128,2\n");

    List<Measurement> read = reader.read(file);

    assertThat(read).hasSize(2);
    assertThat(read.get(0).medianNanos()).isEqualTo(750_000);
    assertThat(read.get(0).batch()).isEqualTo(1);
    assertThat(read.get(0).length()).isEqualTo(64);
    assertThat(read.get(0).source()).hasToString(file + ":2");
    assertThat(read.get(0).subject()).isEqualTo(new Subject("profile", Phase.WHOLE, "", 1, 0));
    assertThat(read.get(1).medianNanos()).isEqualTo(1_750_000);
    assertThat(read.get(1).subject().tensorParallel()).isEqualTo(2);
  }

  @Test
  void findsModelAndDeviceInThePathAsVidurLaysItOut() throws IOException {
    Path file = file("compute/a100/microsoft/phi-2/mlp.csv", "9,0.5,0.25,32,64,1\n");

    assertThat(reader.read(file).getFirst().subject())
        .isEqualTo(new Subject("phi-2", Phase.WHOLE, "a100", 1, 0));
  }

  @Test
  void readsWindowsLinesBlankLinesAndAByteOrderMark() throws IOException {
    Path file = folder.resolve("w.csv");
    Files.writeString(file, "\uFEFF" + HEADER.replace("\n", "\r\n") + "\r\n9,0.5,0.5,32,64,1\r\n");

    assertThat(reader.read(file).getFirst().source().line()).isEqualTo(3);
  }

  @Test
  void recognisesItsOwnFilesOnly() {
    Path any = Path.of("any.csv");

    assertThat(reader.recognises(any, HEADER + "1,2")).isTrue();
    assertThat(reader.recognises(any, "num_tokens,latency\n1,2")).isFalse();
    assertThat(reader.recognises(any, "")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9,0.5,0.25,32,64    | 5 fields | 6, as in the header",
        "9,0,0.25,32,64,1    | 'time_stats.emb.median': found '0' | above 0",
        "9,-1,0.25,32,64,1   | 'time_stats.emb.median': found '-1' | above 0",
        "9,1e999,1,32,64,1   | found '1e999' | above 0",
        "9,0.5ms,0.25,32,64,1| found '0.5ms' | without a unit",
        "9,NaN,0.25,32,64,1  | found 'NaN' | milliseconds",
        "9,,0.25,32,64,1     | 'time_stats.emb.median': found '' | milliseconds",
        "9,0.5,0.25,32,0,1   | 'num_tokens': found '0' | a whole number >= 1",
        "9,0.5,0.25,32,6.5,1 | 'num_tokens': found '6.5' | a whole number",
        "9,0.5,0.25,32,64,x  | 'num_tensor_parallel_workers': found 'x' | a whole number",
      })
  void tellsLineFindingAllowedAndRemedyInOneLine(String row, String found, String allowed)
      throws IOException {
    Path file = file("bad.csv", "9,0.5,0.25,32,8,1\n" + row + "\n");

    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageStartingWith(file + ":3: ")
        .hasMessageContainingAll(found, allowed, "remedy: ")
        .message()
        .hasLineCount(1);
  }

  @Test
  void refusesATableWithoutItsColumns() throws IOException {
    Path file = Files.writeString(folder.resolve("other.csv"), "num_tokens,x\n1,2\n");

    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageContainingAll(":1: no column 'num_tensor_parallel_workers'", "remedy: ");
  }

  @Test
  void refusesATableWithoutAnOperator() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("none.csv"), "num_tokens,num_tensor_parallel_workers\n1,2\n");

    assertThatThrownBy(() -> reader.read(file))
        .hasMessageContaining("'time_stats.<operator>.median'");
  }
}
