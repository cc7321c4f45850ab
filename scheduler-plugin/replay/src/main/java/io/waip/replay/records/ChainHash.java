package io.waip.replay.records;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The chain of a file: the hash of a frame is SHA-256 over the hash before it and the frame's
 * length and payload; the first hash is that of {@link #MAGIC}. Single thread.
 */
final class ChainHash {
  /** What a file begins with. */
  static final byte[] MAGIC = {'W', 'A', 'I', 'P', 'R', 'E', 'C', '\n'};

  /** Bytes of a frame's length, little-endian. */
  static final int LENGTH_BYTES = 4;

  /** Bytes of its hash that a frame carries; checkpoints carry all. */
  static final int TAG_BYTES = 8;

  private final MessageDigest digest;
  private byte[] hash;

  ChainHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    hash = digest.digest(MAGIC);
  }

  /** Goes on to the next frame and returns its hash, which must not be changed. */
  byte[] next(byte[] length, byte[] payload) {
    digest.update(hash);
    digest.update(length);
    hash = digest.digest(payload);
    return hash;
  }

  /** Returns the hash of the last frame, which must not be changed. */
  byte[] hash() {
    return hash;
  }
}
