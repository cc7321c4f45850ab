package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.nativebridge.BatchAssemblers;
import io.waip.nativebridge.ElementType;
import io.waip.nativebridge.NativeBuffer;
import io.waip.nativebridge.RaggedRows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowStoreTest {
  private static final LengthRule OPTIONAL_IDS =
      new LengthRule("ids", 0, null, Set.of("y"), Map.of("ids", 3L));

  private final LoadedModels models =
      LoadedModels.load(List.of(Tiny.variant("lookup", 1, TinyModel.lookup())), OPTIONAL_IDS);

  @AfterEach
  void free() {
    models.close();
  }

  @Test
  void keepsACopyUntilReleased() {
    long[] ids = {1, 2};
    try (RowStore store = new RowStore(models, 1)) {
      Submission submission = submission(InputRow.of(ids), 2);
      assertThat(store.hold(submission)).isTrue();
      ids[0] = 9;

      assertThat(gathered(store, submission, 3)).containsExactly(1, 2, 0);
    }
  }

  @Test
  void refusesARequestWhenEverySlotIsHeld() {
    try (RowStore store = new RowStore(models, 1)) {
      Submission first = submission(InputRow.of(1L), 1);
      Submission second = submission(InputRow.of(2L), 1);
      assertThat(store.hold(first)).isTrue();
      assertThat(store.hold(second)).isFalse();

      store.release(first);
      store.release(first);

      assertThat(store.hold(second)).isTrue();
      assertThat(gathered(store, second, 1)).containsExactly(2);
    }
  }

  @Test
  void fillsARowThatWasLeftOutWithItsDefault() {
    try (RowStore store = new RowStore(models, 1)) {
      Submission submission = submission(null, 2);
      store.hold(submission);

      assertThat(gathered(store, submission, 3)).containsExactly(3, 3, 0);
    }
  }

  @Test
  void refusesToGatherRowsThatAreNotHeld() {
    try (RowStore store = new RowStore(models, 1)) {
      Submission submission = submission(InputRow.of(1L), 1);

      assertThatThrownBy(() -> gathered(store, submission, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the request's rows are not held");
    }
  }

  @Test
  void aSlotHasRoomForTheLongestRow() {
    assertThat(RowStore.slotBytes(models)).isEqualTo(Tiny.MAX_LENGTH * Long.BYTES);
  }

  private static long[] gathered(RowStore store, Submission submission, int padded) {
    RaggedRows rows = new RaggedRows(ElementType.INT64, 1, 1);
    store.addTo(rows, 0, submission);
    long[] dense = new long[padded];
    try (NativeBuffer out = NativeBuffer.allocate(ElementType.INT64, padded)) {
      BatchAssemblers.java().gather(rows, padded, 0, out);
      out.longs().get(dense);
    }
    return dense;
  }

  private static Submission submission(@Nullable InputRow row, int length) {
    return new Submission(
        new Submission.Call(0, Tier.OFFLINE, 0, RequestDescriptor.NO_DEADLINE, 0),
        new @Nullable InputRow[] {row},
        length);
  }
}
