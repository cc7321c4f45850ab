package io.waip.nativebridge;

/**
 * Turns ragged request rows into dense batch tensors and back.
 *
 * <p>Shapes: a row is {@code [length, width]}, a dense tensor {@code [rows, paddedLength, width]},
 * both row-major and in native byte order; the tensor starts at element 0 of its buffer, which may
 * be larger. Lengths are in positions. Token ids have width 1; an output {@code [batch, hidden]} is
 * scattered as width {@code hidden} with {@code paddedLength} 1 and rows of length 1.
 *
 * <p>Ownership: rows and tensors stay the caller's. A call pins them, so that closing one of them
 * meanwhile fails; it keeps no reference afterwards.
 *
 * <p>Errors: a call refused with {@link NativeException} has written nothing. So has one refused
 * with {@link IllegalArgumentException} (a tensor of another element type) or {@link
 * IllegalStateException} (a buffer already closed). With zero rows a call checks its sizes and
 * writes nothing.
 *
 * <p>Threading: any number of threads, each with its own {@link RaggedRows} and tensor. Calls never
 * block. They take time linear in the bytes moved and allocate nothing after warm-up.
 */
public interface BatchAssembler {
  /** Returns a short name for logs and reports: {@code ffm} or {@code java}. */
  String name();

  /**
   * Copies the rows into a dense tensor and fills the positions behind each row.
   *
   * @param paddedLength positions per row of the tensor, {@code >= rows.maxLength()}
   * @param padBits the pad element; its low {@code elementType.bytes()} bytes count (for floats
   *     {@link Float#floatToRawIntBits})
   * @param out of the rows' element type, at least {@code rows.count() * paddedLength *
   *     rows.width()} elements; elements behind the tensor stay as they are
   * @throws NativeException with {@link NativeStatus#RANGE} (negative padded length), {@link
   *     NativeStatus#OVERFLOW}, {@link NativeStatus#CAPACITY}, {@link NativeStatus#ROW_LENGTH} or
   *     {@link NativeStatus#OVERLAP}, the first that applies
   */
  void gather(RaggedRows rows, long paddedLength, long padBits, NativeBuffer out);

  /**
   * Writes the attention mask {@code int64 [rows, paddedLength]}: 1 for each position of a row, 0
   * behind it. Looks at the rows' lengths only.
   *
   * @param paddedLength positions per row, {@code >= rows.maxLength()}
   * @param out {@link ElementType#INT64}, at least {@code rows.count() * paddedLength} elements
   * @throws NativeException as {@link #gather}, without {@link NativeStatus#OVERLAP}
   */
  void mask(RaggedRows rows, long paddedLength, NativeBuffer out);

  /**
   * Copies the first {@code rows.length(i)} positions of each row of a dense tensor to row {@code
   * i}. Where rows share bytes with each other, the later row wins.
   *
   * @param dense of the rows' element type, at least {@code rows.count() * paddedLength *
   *     rows.width()} elements
   * @param paddedLength positions per row of the tensor, {@code >= rows.maxLength()}
   * @throws NativeException as {@link #gather}
   */
  void scatter(NativeBuffer dense, long paddedLength, RaggedRows rows);
}
