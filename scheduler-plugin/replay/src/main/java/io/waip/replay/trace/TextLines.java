package io.waip.replay.trace;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 file, one after another; holds one line at a time, whatever the size of the
 * file. A line ends with LF, CRLF or the file; a byte order mark before the first is skipped. The
 * file is read once from front to back, so a pipe will do. Single thread.
 */
final class TextLines implements Closeable {
  /** Longest line, bytes: a trace line holds a few thousand block hashes at most. */
  static final int MAX_LINE_BYTES = 1 << 24;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path file;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private byte[] line = new byte[1024];
  private int lineBytes;
  private int number;

  private TextLines(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @throws TraceFormatException if it cannot be read or is compressed
   */
  static TextLines open(Path file) {
    try {
      InputStream in = Files.newInputStream(file);
      TextLines lines = new TextLines(file, in);
      try {
        lines.start();
      } catch (IOException | TraceFormatException e) {
        in.close();
        throw e;
      }
      return lines;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void start() throws IOException {
    limit = Math.max(0, in.readNBytes(buffer, 0, BUFFER_BYTES));
    String packer = packer();
    if (!packer.isEmpty()) {
      throw new TraceFormatException(
          file, 0, "it is compressed (" + packer + ")", "a UTF-8 text file", "unpack it first");
    }
    if (limit >= 3 && Arrays.equals(buffer, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
      position = 3;
    }
  }

  /** Returns the packer whose first bytes these are; empty for none that is known. */
  private String packer() {
    int head = limit < 2 ? 0 : ((buffer[0] & 0xFF) << 8) | (buffer[1] & 0xFF);
    return switch (head) {
      case 0x1F8B -> "gzip";
      case 0x504B -> "zip";
      case 0xFD37 -> "xz";
      case 0x28B5 -> "zstd";
      case 0x425A -> limit > 2 && buffer[2] == 'h' ? "bzip2" : "";
      default -> "";
    };
  }

  /** Returns the file. */
  Path file() {
    return file;
  }

  /** Returns the number of the line last returned, from 1; 0 before the first. */
  int number() {
    return number;
  }

  /**
   * Returns the next line without its end, or null after the last.
   *
   * @throws TraceFormatException if it is not UTF-8 text, is too long, or reading fails
   */
  @Nullable String next() {
    try {
      if (!fill()) {
        return null;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    number++;
    int end = lineBytes > 0 && line[lineBytes - 1] == '\r' ? lineBytes - 1 : lineBytes;
    return decoded(end);
  }

  /** Collects the bytes up to the end of the line; false where the file has ended. */
  private boolean fill() throws IOException {
    lineBytes = 0;
    boolean isThere = false;
    while (position < limit || refill()) {
      isThere = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      append(end - position);
      position = end + 1;
      if (end < limit) {
        return true;
      }
    }
    return isThere;
  }

  private boolean refill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  private void append(int count) {
    if (lineBytes + count > MAX_LINE_BYTES) {
      throw new TraceFormatException(
          file,
          number + 1,
          "the line is longer than " + MAX_LINE_BYTES + " bytes",
          "one request a line",
          "check that this is a trace");
    }
    if (lineBytes + count > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, lineBytes + count));
    }
    System.arraycopy(buffer, position, line, lineBytes, count);
    lineBytes += count;
  }

  private String decoded(int end) {
    boolean isAscii = true;
    for (int i = 0; i < end; i++) {
      if (line[i] == 0) {
        throw notText();
      }
      isAscii &= line[i] > 0;
    }
    if (isAscii) {
      return new String(line, 0, end, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, end)).toString();
    } catch (CharacterCodingException e) {
      throw notText();
    }
  }

  private TraceFormatException notText() {
    return new TraceFormatException(
        file, number, "it is not UTF-8 text", "UTF-8 text", "check the file or convert it");
  }

  private static TraceFormatException unreadable(Path file, IOException e) {
    boolean isDenied = e instanceof AccessDeniedException;
    String reason = isDenied ? "permission denied" : String.valueOf(e.getMessage());
    return new TraceFormatException(
        file,
        0,
        e instanceof NoSuchFileException ? "no such file" : "it cannot be read (" + reason + ")",
        "a readable UTF-8 text file",
        "check the path and the file");
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
