package io.waip.cost.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.waip.cost.read.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {
  @TempDir private Path folder;

  private CsvTable table(String content) throws IOException {
    return CsvTable.read(Samples.write(folder, "t.csv", Samples.lines(content)));
  }

  private String refusal(String content) {
    Throwable refused = catchThrowable(() -> table(content));
    return Samples.checked(folder.resolve("t.csv"), String.valueOf(refused.getMessage()));
  }

  @Test
  void rowsHaveTheirLinesWhateverIsBetweenThem() throws IOException {
    CsvTable table = table("\uFEFFa, b|1,2||3,\"x, y\"\r|5,\"6\n7\"|8,9||");
    assertThat(table.header()).containsExactly("a", "b");
    assertThat(table.rows()).extracting(CsvRow::line).containsExactly(2, 4, 5, 7);
    assertThat(table.rows())
        .extracting(row -> row.text("b"))
        .containsExactly("2", "x, y", "6\n7", "9");
    assertThat(table.rows().getLast().source()).hasToString(folder.resolve("t.csv") + ":7");
  }

  @Test
  void emptyFieldsBeyondTheHeaderAreNoMistake() throws IOException {
    assertThat(table("a,b|1,2,|").rows().getFirst().text("b")).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~;t.csv: the file is empty",
        "~||~;t.csv: the file is empty",
        "a,b;t.csv:1: no row follows the header",
        "a,b,a|1,2,3;t.csv:1: two columns 'a'",
        "a,b|1,2|3;t.csv:3: 1 fields; allowed: 2, as in the header",
        "a,b|1,2,3;t.csv:2: 3 fields; allowed: 2, as in the header",
        "a,b|1,\"2;t.csv:3: broken CSV",
        "a,b|1,\"2\"3;t.csv:2: broken CSV",
      })
  void aFileThatIsNoTableIsRefusedAtItsLine(String content, String what) {
    assertThat(refusal(content)).startsWith(what);
  }

  @Test
  void aLastLineWithoutItsEndIsRefused() {
    Path file = Samples.write(folder, "t.csv", "a,b\n1,118");
    assertThat(catchThrowable(() -> CsvTable.read(file)))
        .hasMessageContaining("t.csv:2: the last line has no end, so it may be cut off; allowed: ");
  }

  @Test
  void aTableThatIsTooLargeIsRefused() throws IOException {
    Path file = folder.resolve("t.csv");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength((1 << 26) + 1);
    }
    assertThat(catchThrowable(() -> CsvTable.read(file)))
        .hasMessageContaining("t.csv: it has more than 67108864 bytes; allowed: a small table");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file =
        Files.write(folder.resolve("t.csv"), "a\n\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(catchThrowable(() -> CsvTable.read(file)))
        .hasMessageContaining("t.csv: it is not UTF-8 text; allowed: ");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "0",
        "-1",
        "-0.5",
        "NaN",
        "Infinity",
        "1e400",
        "1e2147483647",
        "'1,5'",
        "12ms",
        "None",
        "''",
        "0x10",
        "1d"
      })
  void aFieldThatIsNoPositiveNumberIsRefused(String field) throws IOException {
    CsvRow row = table("a,b|\"" + field + "\",1").rows().getFirst();
    assertThat(catchThrowable(() -> row.positive("a")))
        .hasMessageContaining(
            "t.csv:2: column 'a': found '" + field + "'; allowed: a decimal number above 0");
  }

  @Test
  void partsOfASumMayBeZeroButNotAll() throws IOException {
    List<CsvRow> rows = table("a,b|0,1.5|0,0|2,-1").rows();
    List<String> columns = List.of("a", "b");
    assertThat(rows.get(0).sum(columns)).isEqualTo(1.5);
    assertThat(catchThrowable(() -> rows.get(1).sum(columns)))
        .hasMessageContaining("t.csv:3: columns [a, b] are all 0; allowed: a time above 0");
    assertThat(catchThrowable(() -> rows.get(2).sum(columns)))
        .hasMessageContaining("t.csv:4: column 'b': found '-1'; allowed: a decimal number >= 0");
  }

  @ParameterizedTest
  @CsvSource(value = {"0", "-1", "1.0", "'1,1'", "''", "99999999999"})
  void aFieldThatIsNoCountIsRefused(String field) throws IOException {
    CsvRow row = table("a,b|\"" + field + "\",1").rows().getFirst();
    assertThat(catchThrowable(() -> row.whole("a")))
        .hasMessageContaining(
            "t.csv:2: column 'a': found '" + field + "'; allowed: a whole number >= 1");
  }

  @Test
  void aLongFieldIsShownInPart() throws IOException {
    CsvRow row = table("a|" + "9".repeat(1000)).rows().getFirst();
    assertThat(catchThrowable(() -> row.positive("a")))
        .hasMessageContaining("found '" + "9".repeat(60) + "…'");
  }
}
