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

class SplitwiseReaderTest {
  private static final String HEADER =
      "model,hardware,prompt_size,batch_size,token_size,peak_power,average_power,prompt_time,"
          + "token_time,e2e_time,tensor_parallel\n";

  @TempDir private Path folder;

  private final SplitwiseReader reader = new SplitwiseReader();

  @Test
  void givesAPrefillAndADecodeOfEachRow() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.csv"), HEADER + "llama,a100-80gb,512,4,128,1,0.7,196.5,54.25,9,2\n");

    List<Measurement> read = reader.read(file);

    assertThat(read).hasSize(2);
    Measurement prefill = read.get(0);
    assertThat(prefill.subject()).isEqualTo(new Subject("llama", Phase.PREFILL, "a100-80gb", 2, 0));
    assertThat(prefill.batch()).isEqualTo(4);
    assertThat(prefill.length()).isEqualTo(512);
    assertThat(prefill.medianNanos()).isEqualTo(196.5e6);
    Measurement decode = read.get(1);
    assertThat(decode.subject().phase()).isEqualTo(Phase.DECODE);
    // 512 tokens of the prompt and half of the 128 that follow.
    assertThat(decode.length()).isEqualTo(576);
    assertThat(decode.medianNanos()).isEqualTo(54.25e6);
    assertThat(decode.source()).hasToString(file + ":2");
  }

  @Test
  void recognisesItsOwnFilesOnly() {
    assertThat(reader.recognises(Path.of("p.csv"), HEADER)).isTrue();
    assertThat(reader.recognises(Path.of("p.csv"), "model,prompt_time\n")).isFalse();
  }

  @Test
  void refusesATimeThatIsNone() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.csv"), HEADER + "llama,a100,512,4,128,1,0.7,196.5,0,9,2\n");

    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessageContainingAll(file + ":2", "'token_time': found '0'", "above 0", "remedy");
  }

  @Test
  void refusesAContextThatIsNone() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.csv"), HEADER + "llama,a100,2147483647,4,128,1,0.7,196.5,1,9,2\n");

    assertThatThrownBy(() -> reader.read(file)).hasMessageContaining("fewer than 2^31 tokens");
  }

  @Test
  void refusesARowWithoutAModel() throws IOException {
    Path file =
        Files.writeString(folder.resolve("p.csv"), HEADER + ",a100,512,4,128,1,0.7,196.5,1,9,2\n");

    assertThatThrownBy(() -> reader.read(file)).hasMessageContaining("column 'model': found ''");
  }
}
