package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileReaderTest {
  private static final Subject SUBJECT = new Subject("m", Phase.WHOLE, "cpu", 1, 2);

  @TempDir private Path folder;
  private final ProfileReader reader = new ProfileReader();

  private String refusal(String content) {
    return Samples.refusal(reader, Samples.write(folder, "p.json", content));
  }

  @Test
  void takesMedianAndPercentileOfEachShapeWithItsLine() throws IOException {
    Path file = Samples.write(folder, "p.json", Samples.PROFILE);

    assertThat(reader.read(file))
        .containsExactly(
            new Measurement(
                SUBJECT, 1, 16, 1200, OptionalDouble.empty(), 40, new Source(file.toString(), 4)),
            new Measurement(
                SUBJECT,
                4,
                16,
                4000,
                OptionalDouble.of(5000),
                200,
                new Source(file.toString(), 6)));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\":1', '\"version\":2', version 2; allowed: form",
    "'\"form\":\"waip-profile\"', '\"form\":\"other\"', it is of form",
    "'\"batch\":4', '\"batch\":0', p.json:6: batch: found",
    "'\"batch\":4', '\"bench\":4', p.json:6: batch: it is missing",
    "'\"length\":16', '\"length\":1.5', p.json:4: length",
    "'\"threads\":2', '\"threads\":0', p.json:4: threads",
    "'\"p99_ns\":5000', '\"p99_ns\":3999', p.json:6: p99_ns",
    "'\"median_ns\":4000', '\"median_ns\":-4', p.json:6: median_ns",
    "'\"variant\":\"m\"', '\"variant\":\" \"', p.json:4: variant",
    "'\"samples\":40', '\"samples\":0', p.json:4: samples"
  })
  void refusesWhatIsNotAsItWasWritten(String right, String wrong, String says) {
    assertThat(refusal(Samples.PROFILE.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
        .contains(says);
  }

  @Test
  void refusesMoreOrLessThanOneObject() {
    assertThat(refusal(Samples.PROFILE + "{}")).contains("something follows the object");
    assertThat(refusal("[1]")).contains("it is no JSON object");
    assertThat(refusal("{\"form\":\"waip-profile\",\"version\":1,\"measurements\":[]}"))
        .contains("it has no measurement");
  }
}
