package io.waip.triton;

import io.waip.nativebridge.rings.NameHash;
import java.util.Arrays;
import java.util.List;

/** Finds a name by its hash. Immutable; looking up allocates nothing, O(log names). */
final class NameIndex {
  static final int UNKNOWN = -1;

  private final long[] hashes;
  private final int[] indexes;

  /**
   * Indexes names by their position.
   *
   * @throws IllegalArgumentException if two names have one hash
   */
  NameIndex(List<String> names) {
    hashes = names.stream().mapToLong(NameHash::of).sorted().toArray();
    indexes = new int[hashes.length];
    for (int i = 0; i < hashes.length; i++) {
      int at = Arrays.binarySearch(hashes, NameHash.of(names.get(i)));
      if ((at > 0 && hashes[at - 1] == hashes[at])
          || (at + 1 < hashes.length && hashes[at + 1] == hashes[at])) {
        throw new IllegalArgumentException(
            "'%s' and another name have one hash; rename one".formatted(names.get(i)));
      }
      indexes[at] = i;
    }
  }

  /** Returns the position of the name with this hash, or {@link #UNKNOWN}. */
  int of(long hash) {
    int at = Arrays.binarySearch(hashes, hash);
    return at < 0 ? UNKNOWN : indexes[at];
  }
}
