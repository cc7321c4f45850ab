package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bytes of Java heap a batch costs after warm-up: list its rows, gather, mask, scatter. */
class AllocationTest {
  private static final int BATCHES_A_ROUND = 10_000;

  /** Rounds until the compiler must have done its work; most runs need one or two. */
  private static final int MAX_WARM_UP_ROUNDS = 100;

  private static volatile @Nullable Object escaped;

  private final RowSlab tokens = RowSlab.allocate(ElementType.INT64, 1, 8, 16);
  private final RowSlab outputs = RowSlab.allocate(ElementType.FLOAT32, 4, 8, 16);
  private final NativeBuffer ids = NativeBuffer.allocate(ElementType.INT64, 8 * 16);
  private final NativeBuffer mask = NativeBuffer.allocate(ElementType.INT64, 8 * 16);
  private final NativeBuffer hidden = NativeBuffer.allocate(ElementType.FLOAT32, 8 * 16 * 4);
  private final RaggedRows tokenRows = new RaggedRows(ElementType.INT64, 1, 8);
  private final RaggedRows outputRows = new RaggedRows(ElementType.FLOAT32, 4, 8);

  @AfterEach
  void free() {
    tokens.close();
    outputs.close();
    ids.close();
    mask.close();
    hidden.close();
  }

  @Test
  @ExtendWith(NativePart.class)
  void nativeBatchAllocatesNothing() {
    BatchAssembler assembler = BatchAssemblers.ffm();
    assertThat(bytesPerBatch(() -> assemble(assembler))).isLessThan(1);
  }

  @Test
  void javaBatchAllocatesNothing() {
    BatchAssembler assembler = BatchAssemblers.java();
    assertThat(bytesPerBatch(() -> assemble(assembler))).isLessThan(1);
  }

  @Test
  void measurementSeesOneObjectPerBatch() {
    BatchAssembler assembler = BatchAssemblers.java();
    double bytes =
        bytesPerBatch(() -> {
          escaped = new byte[1];
          assemble(assembler);
        });
    assertThat(bytes).isBetween(16.0, 64.0);
  }

  private void assemble(BatchAssembler assembler) {
    tokenRows.clear();
    outputRows.clear();
    for (int i = 0; i < 8; i++) {
      int slot = tokens.acquire();
      tokens.resize(slot, 2 * i);
      tokenRows.add(tokens, slot);
      int output = outputs.acquire();
      outputs.resize(output, 2 * i);
      outputRows.add(outputs, output);
    }
    assembler.gather(tokenRows, 16, 0, ids);
    assembler.mask(tokenRows, 16, mask);
    assembler.scatter(hidden, 16, outputRows);
    for (int slot = 0; slot < 8; slot++) {
      tokens.release(slot);
      outputs.release(slot);
    }
  }

  /** Warms up until a round is free of allocation, or long enough; then measures one more round. */
  private static double bytesPerBatch(Runnable batch) {
    int rounds = 0;
    while (round(batch) >= 1 && rounds < MAX_WARM_UP_ROUNDS) {
      rounds++;
    }
    return round(batch);
  }

  private static double round(Runnable batch) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < BATCHES_A_ROUND; i++) {
      batch.run();
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / BATCHES_A_ROUND;
  }
}
