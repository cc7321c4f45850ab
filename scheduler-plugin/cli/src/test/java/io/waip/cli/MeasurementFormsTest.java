package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.measurement.MeasurementReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The command line finds a reader for each form that the documentation describes. */
class MeasurementFormsTest {
  /** A form is named in lower case with hyphens. */
  private static final Pattern SECTION =
      Pattern.compile("^## ([a-z]+(?:-[a-z]+)+)$", Pattern.MULTILINE);

  @Test
  void everyFormThatCanBeReadHasItsSectionAndNoOtherHas() throws IOException {
    String document = Files.readString(ProjectFiles.at("docs/measurements.md"));
    List<String> sections =
        SECTION.matcher(document).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(sections).hasSizeGreaterThan(4);
    assertThat(MeasurementReaders.installed().names())
        .containsExactlyInAnyOrderElementsOf(sections);
  }
}
