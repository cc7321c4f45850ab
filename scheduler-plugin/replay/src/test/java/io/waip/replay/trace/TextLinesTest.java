package io.waip.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
  @TempDir private Path folder;

  private List<String> lines(byte[] content) throws IOException {
    List<String> all = new ArrayList<>();
    try (TextLines lines = TextLines.open(Files.write(folder.resolve("t"), content))) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
        assertThat(lines.number()).isEqualTo(all.size());
      }
    }
    return all;
  }

  private List<String> lines(String content) throws IOException {
    return lines(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void splitsAtEitherEndOfLineAndSkipsTheByteOrderMark() throws IOException {
    assertThat(lines("a\nb\r\n\nc")).containsExactly("a", "b", "", "c");
    assertThat(lines("\uFEFFa,b\n")).containsExactly("a,b");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n")).containsExactly("");
  }

  @Test
  void keepsLinesLongerThanItsBufferWhole() throws IOException {
    String longer = "x".repeat(200_000) + "é" + "y".repeat(100_000);
    assertThat(lines("short\n" + longer + "\nend")).containsExactly("short", longer, "end");
  }

  @Test
  void keepsACharacterThatStraddlesTheBuffer() throws IOException {
    String straddling = "x".repeat((1 << 16) - 1) + "é";
    assertThat(lines(straddling + "\n2")).containsExactly(straddling, "2");
  }

  @Test
  void namesTheLineThatIsNoText() throws IOException {
    byte[] malformed = "good\nb?d\n".getBytes(StandardCharsets.US_ASCII);
    malformed[6] = (byte) 0xC3;
    assertThatThrownBy(() -> lines(malformed)).hasMessageContaining("t:2: it is not UTF-8 text");
    assertThatThrownBy(() -> lines("good\ngood\n\0\n"))
        .hasMessageContaining("t:3: it is not UTF-8");
  }

  @Test
  void refusesALineWithoutEnd() {
    byte[] endless = "x".repeat(TextLines.MAX_LINE_BYTES + 1).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> lines(endless)).hasMessageContaining("t:1: the line is longer than");
  }

  @Test
  void namesThePackerOfACompressedFile() {
    assertThatThrownBy(() -> lines(new byte[] {0x1F, (byte) 0x8B, 8, 0}))
        .hasMessageContaining("t: it is compressed (gzip)")
        .hasMessageContaining("remedy: unpack it first");
    assertThatThrownBy(() -> lines("PK\3\4")).hasMessageContaining("(zip)");
    assertThatThrownBy(() -> lines("BZh91AY")).hasMessageContaining("(bzip2)");
    assertThatThrownBy(() -> lines(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD}))
        .hasMessageContaining("(zstd)");
    assertThatThrownBy(() -> lines(new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0}))
        .hasMessageContaining("(xz)");
  }
}
