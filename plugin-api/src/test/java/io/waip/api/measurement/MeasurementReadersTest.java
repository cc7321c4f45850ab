package io.waip.api.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementReadersTest {
  @TempDir private Path folder;
  private final List<String> heads = new ArrayList<>();

  /** Recognises files by how they begin. */
  private final class Beginning implements MeasurementReader {
    private final String name;
    private final String beginning;

    Beginning(String name, String beginning) {
      this.name = name;
      this.beginning = beginning;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean recognises(Path file, String head) {
      heads.add(head);
      return head.startsWith(beginning);
    }

    @Override
    public List<Measurement> read(Path file) {
      return List.of();
    }
  }

  private final MeasurementReaders readers =
      new MeasurementReaders(
          List.of(
              new Beginning("alpha", "a"),
              new Beginning("alphabet", "abc"),
              new Beginning("beta", "b")));

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("f.csv"), content);
  }

  @Test
  void theOneThatRecognisesTheFileIsTaken() throws IOException {
    assertThat(readers.forFile(file("b,c")).name()).isEqualTo("beta");
    assertThat(readers.forFile(file("a")).name()).isEqualTo("alpha");
  }

  @Test
  void whereNoneDoesTheFormsThereAreAreNamed() throws IOException {
    Path file = file("c");
    assertThatThrownBy(() -> readers.forFile(file))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessage(
            file
                + ": it is of no known form; allowed: alpha, alphabet, beta;"
                + " remedy: give a file of one of these forms, not compressed");
  }

  @Test
  void whereSeveralDoTheyAreNamed() throws IOException {
    Path file = file("abc");
    assertThatThrownBy(() -> readers.forFile(file))
        .isInstanceOf(MeasurementFormatException.class)
        .hasMessage(file + ": it may be alpha, alphabet; allowed: one form; remedy: name the form");
  }

  @Test
  void anEmptyFileIsSaidToBeEmpty() throws IOException {
    for (String content : List.of("", "\n \n", "\uFEFF")) {
      assertThatThrownBy(() -> readers.forFile(file(content)))
          .isInstanceOf(MeasurementFormatException.class)
          .hasMessageContaining("f.csv: the file is empty; allowed: ");
    }
  }

  @Test
  void aMissingFileIsNoMistakeOfForm() {
    assertThatThrownBy(() -> readers.forFile(folder.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void readersSeeTheHeadWithoutAByteOrderMark() throws IOException {
    readers.forFile(file("\uFEFFb" + "x".repeat(10_000)));
    assertThat(heads).hasSize(3).allMatch(head -> head.equals("b" + "x".repeat(4094)));
  }

  @Test
  void bytesThatAreNoTextHaveAHeadAllTheSame() throws IOException {
    Path file = Files.write(folder.resolve("f.bin"), new byte[] {'b', (byte) 0xFF, (byte) 0xC0});
    assertThat(readers.forFile(file).name()).isEqualTo("beta");
  }

  @Test
  void aReaderIsFoundByItsName() {
    assertThat(readers.named("alphabet").name()).isEqualTo("alphabet");
    assertThatThrownBy(() -> readers.named("gamma"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no form of measurements is called 'gamma'; allowed: alpha, alphabet, beta");
  }

  @Test
  void twoReadersOfOneNameAreRefused() {
    List<MeasurementReader> twice = List.of(new Beginning("a", "a"), new Beginning("a", "b"));
    assertThatThrownBy(() -> new MeasurementReaders(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two readers are called 'a'");
  }
}
