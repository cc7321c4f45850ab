package io.waip.triton;

import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.nativebridge.rings.ArenaTensor;
import io.waip.nativebridge.rings.ServiceTable;
import io.waip.nativebridge.rings.TensorType;
import io.waip.onnxruntime.SlotModel;
import io.waip.onnxruntime.agreement.DenseTensor;
import io.waip.onnxruntime.agreement.ServedBatch;
import io.waip.onnxruntime.agreement.ShadowDesk;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs batches in direct mode by another executor, and shows those that went well to be compared.
 * Comparisons run while no batch of any model is under way or waits here. Any number of threads.
 *
 * <p>An answer is a row of the batch as its slot holds it: outputs padded, inputs as they were
 * given. The caller closes the desks, after the planner and before the models.
 */
public final class ShadowedExecutor implements DirectExecutor {
  private final DirectExecutor executor;
  private final Map<String, Watched> watched;
  private final List<ShadowDesk> desks;
  private final AtomicLong executions = new AtomicLong();

  /**
   * A model that is a variant of a service.
   *
   * @param desk where the service's variants are compared
   * @param variant its index there; 0 is the reference
   * @param output that is compared
   * @param padding how rows are padded; without it an output counts as one without a length
   */
  public record Watched(
      ShadowDesk desk, int variant, String output, Optional<ServiceTable.Padding> padding) {}

  /**
   * Wraps an executor.
   *
   * @param watched by the name under which Triton knows the model; others are run and not shown
   */
  public ShadowedExecutor(DirectExecutor executor, Map<String, Watched> watched) {
    this.executor = executor;
    this.watched = Map.copyOf(watched);
    desks = watched.values().stream().map(Watched::desk).distinct().toList();
  }

  @Override
  public void run(String model, ArenaSlot slot) throws Exception {
    desks.forEach(ShadowDesk::started);
    try {
      executor.run(model, slot);
      Watched shown = watched.get(model);
      if (shown != null) {
        shown.desk.served(new SlotBatch(executions.incrementAndGet(), shown, slot));
      }
    } finally {
      desks.forEach(ShadowDesk::ended);
    }
  }

  private record SlotBatch(long id, Watched shown, ArenaSlot slot) implements ServedBatch {
    @Override
    public int variant() {
      return shown.variant;
    }

    @Override
    public int rows() {
      return slot.rows();
    }

    @Override
    public List<DenseTensor> inputs() {
      return slot.inputs().stream().map(SlotModel::dense).toList();
    }

    @Override
    public DenseTensor output() {
      return SlotModel.dense(named(slot.outputs(), shown.output));
    }

    @Override
    public BitSet real(int row) {
      BitSet real = new BitSet();
      shown
          .padding
          .filter(padding -> padding.trim().contains(shown.output))
          .ifPresent(padding -> addReal(real, named(slot.inputs(), padding.mask()), row));
      return real;
    }

    private static ArenaTensor named(List<ArenaTensor> tensors, String name) {
      return tensors.stream()
          .filter(tensor -> tensor.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("a batch has no tensor '" + name + "'"));
    }

    /** Adds the positions at which a row of a mask is not 0. */
    private static void addReal(BitSet real, ArenaTensor mask, int row) {
      int length = Math.toIntExact(mask.elements() / mask.shape()[0]);
      for (int p = 0; p < length; p++) {
        if (isSet(mask.data(), mask.type(), row * length + p)) {
          real.set(p);
        }
      }
    }

    private static boolean isSet(ByteBuffer mask, TensorType type, int index) {
      return switch (type) {
        case INT64 -> mask.getLong(index * Long.BYTES) != 0;
        case INT32 -> mask.getInt(index * Integer.BYTES) != 0;
        case FP32 -> mask.getFloat(index * Float.BYTES) != 0;
        case BOOL, INT8, UINT8 -> mask.get(index) != 0;
        default -> throw new IllegalArgumentException("a mask of type " + type);
      };
    }
  }
}
