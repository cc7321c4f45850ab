package io.waip.onnxruntime;

import io.waip.nativebridge.ElementType;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * The values of one input of one request: a tensor without its batch axis, row-major.
 *
 * <p>Copied when its request is submitted; until then the array must not change.
 */
public final class InputRow {
  private final ElementType type;
  private final Buffer values;
  private final int[] shape;

  private InputRow(ElementType type, Buffer values, int... shape) {
    this.type = type;
    this.values = values;
    this.shape = shape;
  }

  /** Returns an {@code int64 [length]} row. */
  public static InputRow of(long... values) {
    return new InputRow(ElementType.INT64, LongBuffer.wrap(values), values.length);
  }

  /** Returns an {@code int32 [length]} row. */
  public static InputRow of(int... values) {
    return new InputRow(ElementType.INT32, IntBuffer.wrap(values), values.length);
  }

  /** Returns a {@code float32 [length]} row. */
  public static InputRow of(float... values) {
    return new InputRow(ElementType.FLOAT32, FloatBuffer.wrap(values), values.length);
  }

  /**
   * Returns the same values with several dimensions.
   *
   * @param dimensions each {@code >= 0}; their product is the number of values
   * @throws IllegalArgumentException if the product differs
   */
  public InputRow shaped(int... dimensions) {
    long product = 1;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "a dimension must be >= 0, shape is " + Arrays.toString(dimensions));
      }
      product = Math.multiplyExact(product, dimension);
    }
    if (product != values.capacity()) {
      throw new IllegalArgumentException(
          "shape %s needs %d values, there are %d"
              .formatted(Arrays.toString(dimensions), product, values.capacity()));
    }
    return new InputRow(type, values, dimensions.clone());
  }

  /** Returns the element type. */
  public ElementType type() {
    return type;
  }

  /** Returns the number of values. */
  public int size() {
    return values.capacity();
  }

  int rank() {
    return shape.length;
  }

  int dimension(int axis) {
    return shape[axis];
  }

  String shapeText() {
    return Arrays.toString(shape);
  }

  /** Returns the index of the first NaN or infinity, or -1. */
  int firstNotFinite() {
    if (values instanceof FloatBuffer floats) {
      for (int i = 0; i < floats.capacity(); i++) {
        if (!Float.isFinite(floats.get(i))) {
          return i;
        }
      }
    }
    return -1;
  }

  Buffer values() {
    return values;
  }
}
