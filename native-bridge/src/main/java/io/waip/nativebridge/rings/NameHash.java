package io.waip.nativebridge.rings;

import java.nio.charset.StandardCharsets;

/**
 * The numbers that stand for names in a submit record: 64-bit FNV-1a of the UTF-8 bytes (G. Fowler,
 * L. C. Noll, K.-P. Vo, IETF draft "The FNV Non-Cryptographic Hash Algorithm").
 */
public final class NameHash {
  /** What a record carries where it names nothing. */
  public static final long NONE = 0;

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private NameHash() {}

  /** Returns the hash of a name. */
  public static long of(String name) {
    long hash = OFFSET_BASIS;
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * PRIME;
    }
    return hash;
  }
}
