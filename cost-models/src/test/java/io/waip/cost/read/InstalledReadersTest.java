package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.MeasurementReaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers are found and told apart by content, and no damage to a file gets past them. */
class InstalledReadersTest {
  private static final MeasurementReaders READERS = MeasurementReaders.installed();
  private static final int DAMAGES = 100;

  @TempDir private Path folder;

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("perf-analyzer-csv", "m,batch=2,length=16.csv", Samples.PERF_CSV),
        Arguments.of("model-analyzer-csv", "t,length=16.csv", Samples.ANALYZER_CSV),
        Arguments.of("perf-analyzer-json", "m,batch=2,length=16.json", Samples.EXPORT_JSON),
        Arguments.of("waip-profile", "p.json", Samples.PROFILE),
        Arguments.of("triton-statistics", "s,length=16.json", Samples.STATISTICS),
        Arguments.of("vidur-operators-csv", "mlp.csv", Samples.VIDUR_CSV),
        Arguments.of("splitwise-csv", "perf_model.csv", Samples.SPLITWISE_CSV));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eachFormIsRecognisedByItsOwnReaderAlone(String form, String name, String content)
      throws IOException {
    MeasurementReader reader = READERS.forFile(Samples.write(folder, name, content));
    assertThat(reader.name()).isEqualTo(form);
    assertThat(reader.read(folder.resolve(name))).isNotEmpty();
  }

  @Test
  void tablesWithoutTimesAreRecognisedSoThatTheRefusalSaysWhy() throws IOException {
    for (String header :
        new String[] {"Model,GPU UUID,GPU Power Usage (W)", "Model,GPU ID,Batch"}) {
      assertThat(READERS.forFile(Samples.write(folder, "t.csv", header + "\n")).name())
          .isEqualTo("model-analyzer-csv");
    }
    assertThat(
            READERS
                .forFile(Samples.write(folder, "t.csv", "Request Rate,Inferences/Second\n"))
                .name())
        .isEqualTo("perf-analyzer-csv");
  }

  /** Either it is read, or refused in one line: never another exception. */
  private String outcome(String form, Path file) throws IOException {
    try {
      for (Measurement measurement : READERS.named(form).read(file)) {
        assertThat(measurement.medianNanos()).isPositive();
      }
      return "read";
    } catch (MeasurementFormatException e) {
      Samples.checked(file, String.valueOf(e.getMessage()));
      return "refused";
    }
  }

  private void damaged(String form, String name, int seeds, UnaryOperator<byte[]> damage)
      throws IOException {
    Path file = folder.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < seeds; i++) {
      Files.write(file, damage.apply(whole));
      refused += outcome(form, file).equals("refused") ? 1 : 0;
    }
    assertThat(refused).as("damages that were found").isPositive();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aFlippedByteIsRefusedInOneLineOrChangesAFigure(String form, String name, String content)
      throws IOException {
    Samples.write(folder, name, content);
    Random random = new Random(7);
    damaged(
        form,
        name,
        DAMAGES,
        whole -> {
          byte[] flipped = whole.clone();
          flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
          return flipped;
        });
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aFileThatEndsEarlyIsNeverTakenForAWholeOne(String form, String name, String content)
      throws IOException {
    byte[] whole = content.stripTrailing().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(name);
    // Every place in a CSV, where some look whole, and some in JSON, where none does.
    int step = name.endsWith(".csv") ? 1 : 7;
    for (int length = 0; length < whole.length; length += step) {
      Files.write(file, Arrays.copyOf(whole, length));
      if (!outcome(form, file).equals("refused")) {
        assertThat(name.endsWith(".csv") && whole[length - 1] == '\n')
            .as("%d of %d bytes were read, which is no whole line", length, whole.length)
            .isTrue();
      }
    }
  }
}
