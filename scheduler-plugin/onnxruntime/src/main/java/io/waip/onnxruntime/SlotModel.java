package io.waip.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.waip.nativebridge.rings.ArenaSlot;
import io.waip.nativebridge.rings.ArenaTensor;
import io.waip.nativebridge.rings.TensorType;
import io.waip.onnxruntime.agreement.ComparedModel;
import io.waip.onnxruntime.agreement.DenseTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model that runs batches lying in slots of a Triton front's arena.
 *
 * <p>Inputs are read where they lie. An output is written where it belongs when its shape is known
 * before the run: its axes are fixed, or named like an axis of an input, or the free batch axis.
 * Another output is copied there after the run. All dense types but strings, 16-bit brain floats
 * and unsigned integers of more than 8 bits are taken.
 *
 * <p>Threads inside an execution do not spin. Any number of threads may run batches at once.
 */
public final class SlotModel implements SlotRunner {
  private static final long FREE = -1;

  private final OrtSession session;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;

  private final Set<String> zeroInputs;
  // Zeros, as many as the largest batch so far needed; never written.
  private volatile ByteBuffer zeros = ByteBuffer.allocateDirect(0);

  private SlotModel(OrtSession session, Set<String> zeroInputs) throws OrtException {
    this.session = session;
    this.zeroInputs = Set.copyOf(zeroInputs);
    inputs = tensors(session.getInputInfo());
    outputs = tensors(session.getOutputInfo());
    if (!inputs.keySet().containsAll(zeroInputs)) {
      throw new IllegalArgumentException(
          "zero inputs are %s, the inputs are %s".formatted(zeroInputs, inputs.keySet()));
    }
  }

  /**
   * Loads a model.
   *
   * @throws IllegalStateException if it cannot be loaded, or has inputs or outputs that are no
   *     tensors; the message says why in one line
   */
  public static SlotModel load(ModelVariant variant) {
    return load(variant, Set.of());
  }

  /**
   * Loads a model of which some inputs are zero where a batch does not carry them, such as {@code
   * token_type_ids} of encoders. Their free axes have the names of axes of inputs that are carried.
   *
   * @param zeroInputs names of inputs of the model
   * @throws IllegalStateException as {@link #load(ModelVariant)}, or if there is no such input
   */
  public static SlotModel load(ModelVariant variant, Set<String> zeroInputs) {
    try {
      OrtSession session = variant.open();
      try {
        return new SlotModel(session, zeroInputs);
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "model '%s' cannot be loaded: %s".formatted(variant.name(), Failures.oneLine(e)), e);
    }
  }

  private static Map<String, TensorInfo> tensors(Map<String, NodeInfo> nodes) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    nodes.forEach((name, node) -> {
      if (!(node.getInfo() instanceof TensorInfo info)) {
        throw new IllegalArgumentException("'" + name + "' is not a tensor");
      }
      tensors.put(name, info);
    });
    return tensors;
  }

  /**
   * Runs the batch of a slot and describes its outputs there. The slot is not ended by this.
   *
   * @throws OrtException if the runtime refuses inputs or fails
   * @throws IllegalArgumentException if the slot breaks the layout, lacks an input, or has no room
   */
  @Override
  public void run(ArenaSlot slot) throws OrtException {
    List<ArenaTensor> given = slot.inputs();
    Map<String, OnnxTensor> in = new LinkedHashMap<>();
    Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    Set<String> copied = new TreeSet<>();
    try {
      for (ArenaTensor tensor : given) {
        if (inputs.containsKey(tensor.name())) {
          in.put(tensor.name(), tensor(tensor));
        }
      }
      Map<String, long[]> shapes = shapes(given);
      Map<String, Long> axes = axes(shapes);
      addZeros(in, shapes, slot.rows());
      for (Map.Entry<String, TensorInfo> output : outputs.entrySet()) {
        long[] shape = shape(output.getValue(), axes, slot.rows());
        if (shape.length == 0) {
          copied.add(output.getKey());
        } else {
          TensorType type = typeOf(output.getValue().type);
          pinned.put(output.getKey(), tensor(slot.addOutput(output.getKey(), type, shape)));
        }
      }
      try (OrtSession.Result result = session.run(in, copied, pinned)) {
        for (String name : copied) {
          copy(name, result, slot);
        }
      }
    } finally {
      in.values().forEach(OnnxTensor::close);
      pinned.values().forEach(OnnxTensor::close);
    }
  }

  /** Adds the inputs that are zero where a batch does not carry them. */
  private void addZeros(Map<String, OnnxTensor> to, Map<String, long[]> carried, int rows)
      throws OrtException {
    if (zeroInputs.isEmpty()) {
      return;
    }
    Map<String, Long> axes = axes(carried);
    for (String name : zeroInputs) {
      if (!carried.containsKey(name)) {
        to.put(name, zero(name, axes, rows));
      }
    }
  }

  /**
   * Returns this model as comparisons run it. Several, and batches of slots, may run at once; to be
   * closed before this model.
   */
  public ComparedModel compared() {
    return new SessionComparison(
        session,
        (carried, rows) -> {
          Map<String, OnnxTensor> zeros = new HashMap<>();
          addZeros(zeros, carried, rows);
          return zeros;
        });
  }

  private static OnnxTensor tensor(ArenaTensor tensor) throws OrtException {
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), tensor.data(), tensor.shape(), onnxType(tensor));
  }

  private OnnxTensor zero(String name, Map<String, Long> axes, int rows) throws OrtException {
    TensorInfo info = tensorOf(name);
    long[] shape = shape(info, axes, rows);
    if (shape.length == 0) {
      throw new IllegalArgumentException("no input says how long '" + name + "' is");
    }
    long bytes = typeOf(info.type).bytes();
    for (long size : shape) {
      bytes = Math.multiplyExact(bytes, size);
    }
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), zeros(Math.toIntExact(bytes)), shape, info.type);
  }

  private ByteBuffer zeros(int bytes) {
    ByteBuffer now = zeros;
    if (now.capacity() < bytes) {
      now = ByteBuffer.allocateDirect(Math.max(bytes, 2 * now.capacity()));
      zeros = now;
    }
    return now.slice(0, bytes).order(ByteOrder.nativeOrder());
  }

  private TensorInfo tensorOf(String input) {
    TensorInfo info = inputs.get(input);
    if (info == null) {
      throw new IllegalArgumentException("no input '" + input + "'");
    }
    return info;
  }

  private static void copy(String name, OrtSession.Result result, ArenaSlot slot) {
    OnnxTensor tensor =
        (OnnxTensor)
            result
                .get(name)
                .orElseThrow(() -> new IllegalArgumentException("no output '" + name + "'"));
    TensorInfo info = tensor.getInfo();
    ByteBuffer values = tensor.getByteBuffer();
    ArenaTensor place = slot.addOutput(name, typeOf(info.type), info.getShape());
    place.data().duplicate().put(values);
  }

  /** Returns the sizes of the named free axes, as the inputs have them; of one size each. */
  private Map<String, Long> axes(Map<String, long[]> given) {
    Map<String, Long> axes = new HashMap<>();
    given.forEach((input, shape) -> {
      TensorInfo info = inputs.get(input);
      if (info == null || info.getShape().length != shape.length) {
        return;
      }
      String[] names = info.getDimensionNames();
      for (int axis = 0; axis < names.length; axis++) {
        if (info.getShape()[axis] == FREE && !names[axis].isEmpty()) {
          axes.merge(names[axis], shape[axis], (a, b) -> a.equals(b) ? a : Long.valueOf(FREE));
        }
      }
    });
    return axes;
  }

  private static Map<String, long[]> shapes(List<ArenaTensor> given) {
    Map<String, long[]> shapes = new HashMap<>();
    given.forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
    return shapes;
  }

  /**
   * Returns a tensor of a slot as comparisons take it: a view.
   *
   * @throws IllegalArgumentException if the runtime does not take its type
   */
  public static DenseTensor dense(ArenaTensor tensor) {
    List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
    return new DenseTensor(tensor.name(), onnxType(tensor), shape, tensor.data());
  }

  /** Returns an output's shape, or an empty array where it is not known before the run. */
  private static long[] shape(TensorInfo output, Map<String, Long> axes, int rows) {
    long[] shape = output.getShape().clone();
    String[] names = output.getDimensionNames();
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] == FREE) {
        long batch = axis == 0 ? rows : FREE;
        shape[axis] = axes.getOrDefault(names[axis], batch);
      }
      if (shape[axis] < 0) {
        return new long[0];
      }
    }
    return shape;
  }

  private static OnnxJavaType onnxType(ArenaTensor tensor) {
    return switch (tensor.type()) {
      case BOOL -> OnnxJavaType.BOOL;
      case UINT8 -> OnnxJavaType.UINT8;
      case INT8 -> OnnxJavaType.INT8;
      case INT16 -> OnnxJavaType.INT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case FP16 -> OnnxJavaType.FLOAT16;
      case FP32 -> OnnxJavaType.FLOAT;
      case FP64 -> OnnxJavaType.DOUBLE;
      case UINT16, UINT32, UINT64 ->
          throw new IllegalArgumentException(
              "tensor '%s' is %s, which ONNX Runtime's Java API does not take"
                  .formatted(tensor.name(), tensor.type()));
    };
  }

  private static TensorType typeOf(OnnxJavaType type) {
    return switch (type) {
      case BOOL -> TensorType.BOOL;
      case UINT8 -> TensorType.UINT8;
      case INT8 -> TensorType.INT8;
      case INT16 -> TensorType.INT16;
      case INT32 -> TensorType.INT32;
      case INT64 -> TensorType.INT64;
      case FLOAT16 -> TensorType.FP16;
      case FLOAT -> TensorType.FP32;
      case DOUBLE -> TensorType.FP64;
      default -> throw new IllegalArgumentException("an output of type " + type);
    };
  }

  /**
   * Frees the session. No batch may be running.
   *
   * @throws IllegalStateException if the runtime refuses
   */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("a session cannot be closed: " + e.getMessage(), e);
    }
  }
}
