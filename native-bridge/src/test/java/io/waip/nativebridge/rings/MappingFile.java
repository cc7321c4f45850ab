package io.waip.nativebridge.rings;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A fresh mapping in a file, and faults in it. */
final class MappingFile {
  private MappingFile() {}

  /** Creates it. */
  static Path create(Path file, long epoch) throws IOException {
    RehearsalFront.create(file, epoch);
    return file;
  }

  /** Overwrites four bytes of it. */
  static void patch(Path file, long offset, int value) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(offset);
      raw.writeInt(Integer.reverseBytes(value));
    }
  }
}
