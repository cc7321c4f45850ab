package io.waip.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.waip.nativebridge.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs and outputs a service's models share, in a fixed order.
 *
 * <p>The first axis of every tensor is the batch; at most the second is free, and it is the length.
 * Immutable.
 *
 * @param inputs in name order
 * @param outputs in name order, {@code float32} all
 */
record Signature(List<Port> inputs, List<Port> outputs) {
  /** Marks the length axis in a row shape. */
  static final int LENGTH = -1;

  /**
   * One input or output.
   *
   * @param rowShape dimensions without the batch axis; {@link #LENGTH} only in first place
   */
  record Port(String name, ElementType type, List<Integer> rowShape) {
    boolean hasLength() {
      return !rowShape.isEmpty() && rowShape.get(0) == LENGTH;
    }

    /** Returns the elements at one position, or of the whole row where there is no length. */
    int width() {
      int product = 1;
      for (int dimension : rowShape) {
        product *= dimension == LENGTH ? 1 : dimension;
      }
      return product;
    }

    /** Returns the positions of a row of this length; 1 where there is no length. */
    int positions(int length) {
      return hasLength() ? length : 1;
    }

    /** Returns the number of elements of one row padded to a length. */
    int elements(int length) {
      return positions(length) * width();
    }

    /** Returns the tensor shape of a batch. */
    long[] batchShape(int batch, int length) {
      long[] shape = new long[rowShape.size() + 1];
      shape[0] = batch;
      for (int i = 0; i < rowShape.size(); i++) {
        int dimension = rowShape.get(i);
        shape[i + 1] = dimension == LENGTH ? length : dimension;
      }
      return shape;
    }

    /** Returns the dimensions of one row of this length. */
    int[] shape(int length) {
      return rowShape.stream().mapToInt(d -> d == LENGTH ? length : d).toArray();
    }

    String describe() {
      return rowShape.toString().replace("-1", "length");
    }
  }

  Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads a model's signature.
   *
   * @throws IllegalArgumentException if a tensor has a type or a free axis this driver cannot
   *     serve, or {@code rule} names something the model lacks
   */
  static Signature of(
      Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs, @Nullable LengthRule rule) {
    Signature signature = new Signature(ports("input", inputs), ports("output", outputs));
    for (Port output : signature.outputs) {
      if (output.type != ElementType.FLOAT32) {
        throw new IllegalArgumentException(
            "output '%s' is %s; only float32 outputs are served"
                .formatted(output.name, ElementTypes.label(output.type)));
      }
    }
    if (rule != null) {
      signature.check(rule);
    }
    return signature;
  }

  private void check(LengthRule rule) {
    requireLength("lengths.input", rule.input(), inputs);
    if (rule.mask() != null) {
      requireLength("lengths.mask", rule.mask(), inputs);
    }
    rule.trim().forEach(name -> requireLength("lengths.trim", name, outputs));
    rule.defaults().keySet().stream()
        .filter(name -> inputs.stream().noneMatch(port -> port.name.equals(name)))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "lengths.defaults names '%s'; the model has %s".formatted(name, names(inputs)));
        });
    for (Port output : outputs) {
      if (output.hasLength() && !rule.trim().contains(output.name)) {
        throw new IllegalArgumentException(
            "output '%s' has a length but lengths.trim does not name it".formatted(output.name));
      }
    }
  }

  private static void requireLength(String key, String name, List<Port> ports) {
    if (ports.stream().noneMatch(port -> port.name.equals(name) && port.hasLength())) {
      throw new IllegalArgumentException(
          "%s names '%s'; the model's tensors with a length are %s"
              .formatted(key, name, names(ports.stream().filter(Port::hasLength).toList())));
    }
  }

  private static List<String> names(List<Port> ports) {
    return ports.stream().map(Port::name).toList();
  }

  private static List<Port> ports(String kind, Map<String, NodeInfo> nodes) {
    List<Port> ports = new ArrayList<>();
    nodes.keySet().stream().sorted().forEach(name -> ports.add(port(kind, name, nodes.get(name))));
    return ports;
  }

  private static Port port(String kind, String name, @Nullable NodeInfo node) {
    if (node == null || !(node.getInfo() instanceof TensorInfo tensor)) {
      throw new IllegalArgumentException("%s '%s' is not a tensor".formatted(kind, name));
    }
    return new Port(name, typeOf(kind, name, tensor.type), rowShape(kind, name, tensor.getShape()));
  }

  private static ElementType typeOf(String kind, String name, OnnxJavaType onnxType) {
    ElementType type = ElementTypes.of(onnxType);
    if (type == null) {
      throw new IllegalArgumentException(
          "%s '%s' is %s; int32, int64 and float32 are served".formatted(kind, name, onnxType));
    }
    return type;
  }

  private static List<Integer> rowShape(String kind, String name, long[] shape) {
    List<Integer> row = new ArrayList<>();
    for (int axis = 1; axis < shape.length; axis++) {
      if (shape[axis] == LENGTH && axis > 1) {
        throw new IllegalArgumentException(
            "%s '%s' has shape %s; only the batch axis and axis 1 may be free"
                .formatted(kind, name, Arrays.toString(shape)));
      }
      row.add(Math.toIntExact(shape[axis]));
    }
    if (shape.length == 0 || shape[0] != LENGTH) {
      throw new IllegalArgumentException(
          "%s '%s' has shape %s; its first axis must be a free batch axis"
              .formatted(kind, name, Arrays.toString(shape)));
    }
    return row;
  }
}
