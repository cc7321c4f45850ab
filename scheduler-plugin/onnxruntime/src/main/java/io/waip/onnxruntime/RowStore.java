package io.waip.onnxruntime;

import io.waip.nativebridge.NativeBuffer;
import io.waip.nativebridge.RaggedRows;
import io.waip.nativebridge.RowSlab;
import io.waip.onnxruntime.Signature.Port;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input rows of open requests, off-heap, where batches are gathered from.
 *
 * <p>All memory is allocated at once: for each input a slot for every open request, of the longest
 * row. {@link #hold} and {@link #release} are lock-free and for any thread; a held row belongs to
 * its request until released.
 */
final class RowStore implements AutoCloseable {
  private static final int LEFT_OUT = -1;

  private final List<Column> columns = new ArrayList<>();

  /**
   * Allocates the store.
   *
   * @param slots most requests at once, {@code >= 1}
   * @throws IllegalArgumentException if the slots of an input take 2 GiB or more
   */
  RowStore(LoadedModels models, int slots) {
    for (Port port : models.signature().inputs()) {
      columns.add(new Column(port, models, slots));
    }
  }

  /** Makes a store for a service without inputs. */
  RowStore() {}

  /** Returns the bytes a slot takes over all inputs. */
  static long slotBytes(LoadedModels models) {
    return models.signature().inputs().stream()
        .mapToLong(port -> (long) port.elements(models.maxLength()) * port.type().bytes())
        .sum();
  }

  /**
   * Copies the rows of a request.
   *
   * @return false if every slot is held; nothing is held for this request then
   */
  boolean hold(Submission submission) {
    int[] slots = new int[columns.size()];
    Arrays.fill(slots, LEFT_OUT);
    for (int i = 0; i < slots.length; i++) {
      InputRow row = submission.inputs[i];
      if (row == null) {
        continue;
      }
      slots[i] = columns.get(i).slab.acquire();
      if (slots[i] == RowSlab.NONE) {
        release(slots);
        return false;
      }
      columns.get(i).write(slots[i], row);
    }
    submission.rowSlots = slots;
    return true;
  }

  /** Gives the slots of a request back; one that holds none is left alone. */
  void release(Submission submission) {
    int[] slots = submission.rowSlots;
    if (slots != null) {
      submission.rowSlots = null;
      release(slots);
    }
  }

  private void release(int[] slots) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] >= 0) {
        columns.get(i).slab.release(slots[i]);
      }
    }
  }

  /** Adds a request's row of one input to a batch; a row that was left out is its default. */
  void addTo(RaggedRows rows, int input, Submission submission) {
    int[] slots = submission.rowSlots;
    if (slots == null) {
      throw new IllegalStateException("the request's rows are not held");
    }
    Column column = columns.get(input);
    if (slots[input] == LEFT_OUT) {
      rows.add(column.defaults(), 0, column.port.positions(submission.length));
    } else {
      rows.add(column.slab, slots[input]);
    }
  }

  /** Frees the memory; no batch may be running. */
  @Override
  public void close() {
    columns.forEach(Column::close);
  }

  private static final class Column {
    private final Port port;
    private final RowSlab slab;
    private final @Nullable NativeBuffer defaults;

    Column(Port port, LoadedModels models, int slots) {
      this.port = port;
      int positions = port.positions(models.maxLength());
      slab = RowSlab.allocate(port.type(), port.width(), slots, positions);
      LengthRule rule = models.rule();
      defaults =
          rule != null && rule.isOptional(port.name())
              ? filled(port, positions, rule.defaultValue(port.name()))
              : null;
    }

    private static NativeBuffer filled(Port port, int positions, long value) {
      NativeBuffer buffer = NativeBuffer.allocate(port.type(), (long) positions * port.width());
      var bytes = buffer.bytes();
      while (bytes.hasRemaining()) {
        switch (port.type().bytes()) {
          case Long.BYTES -> bytes.putLong(value);
          default -> bytes.putInt((int) ElementTypes.bits(port.type(), value));
        }
      }
      return buffer;
    }

    NativeBuffer defaults() {
      if (defaults == null) {
        throw new IllegalStateException("input '" + port.name() + "' has no default");
      }
      return defaults;
    }

    void write(int slot, InputRow row) {
      int from = slab.offset(slot);
      switch (row.values()) {
        case LongBuffer values -> slab.buffer().longs().put(from, values, 0, values.capacity());
        case IntBuffer values -> slab.buffer().ints().put(from, values, 0, values.capacity());
        case FloatBuffer values -> slab.buffer().floats().put(from, values, 0, values.capacity());
        default -> throw new IllegalStateException("no row holds " + row.values().getClass());
      }
      slab.resize(slot, row.size() / port.width());
    }

    void close() {
      slab.close();
      if (defaults != null) {
        defaults.close();
      }
    }
  }
}
