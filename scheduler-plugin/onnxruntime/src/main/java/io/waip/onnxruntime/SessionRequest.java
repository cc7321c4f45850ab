package io.waip.onnxruntime;

import io.waip.api.Durations;
import io.waip.api.Tier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One inference call: its input rows, who asks and by when. Immutable; build one with {@link
 * #builder}.
 */
public final class SessionRequest {
  private final Map<String, InputRow> inputs;
  private final @Nullable String tenant;
  private final @Nullable Tier tier;
  private final @Nullable Duration deadline;
  private final OptionalLong arrivalNanos;
  private final double qualityFloor;

  private SessionRequest(Builder builder) {
    inputs = Map.copyOf(builder.inputs);
    tenant = builder.tenant;
    tier = builder.tier;
    deadline = builder.deadline;
    arrivalNanos = builder.arrivalNanos;
    qualityFloor = builder.qualityFloor;
  }

  /** Starts a request. */
  public static Builder builder() {
    return new Builder();
  }

  Map<String, InputRow> inputs() {
    return inputs;
  }

  @Nullable String tenant() {
    return tenant;
  }

  @Nullable Tier tier() {
    return tier;
  }

  @Nullable Duration deadline() {
    return deadline;
  }

  OptionalLong arrivalNanos() {
    return arrivalNanos;
  }

  double qualityFloor() {
    return qualityFloor;
  }

  /** Collects the parts of a request. Not for use by several threads. */
  public static final class Builder {
    private final Map<String, InputRow> inputs = new LinkedHashMap<>();
    private @Nullable String tenant;
    private @Nullable Tier tier;
    private @Nullable Duration deadline;
    private OptionalLong arrivalNanos = OptionalLong.empty();
    private double qualityFloor;

    private Builder() {}

    /**
     * Gives the values of an input.
     *
     * @throws IllegalArgumentException if the input was given before
     */
    public Builder input(String name, InputRow row) {
      if (inputs.put(name, row) != null) {
        throw new IllegalArgumentException("input '" + name + "' is given twice");
      }
      return this;
    }

    /** Names the tenant; without it the first configured tenant pays. */
    public Builder tenant(String name) {
      tenant = name;
      return this;
    }

    /** Sets the criticality class; without it the service's objective decides. */
    public Builder tier(Tier value) {
      tier = value;
      return this;
    }

    /**
     * Sets how long after its arrival the answer is still useful; without it, the latency objective
     * for interactive and nearline requests and no deadline for offline ones.
     *
     * @throws IllegalArgumentException if the duration is not positive
     */
    public Builder deadline(Duration afterArrival) {
      if (afterArrival.isZero() || afterArrival.isNegative()) {
        throw new IllegalArgumentException(
            "deadline must lie after the arrival, is " + afterArrival + " after it");
      }
      deadline = afterArrival;
      return this;
    }

    /**
     * Sets the deadline from text such as {@code 50ms}.
     *
     * @throws IllegalArgumentException if the text is not a positive duration with a unit
     */
    public Builder deadline(String afterArrival) {
      try {
        return deadline(Duration.ofNanos(Durations.parseNanos(afterArrival)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("deadline: " + e.getMessage(), e);
      }
    }

    /** Sets when the request was meant to be sent, as of {@link System#nanoTime}. */
    public Builder arrivalNanos(long nanos) {
      arrivalNanos = OptionalLong.of(nanos);
      return this;
    }

    /**
     * Sets the least acceptable variant quality, {@code [0, 1]}; 0 leaves it to the service.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder qualityFloor(double floor) {
      if (!(floor >= 0 && floor <= 1)) {
        throw new IllegalArgumentException("quality_floor must be in [0, 1], is " + floor);
      }
      qualityFloor = floor;
      return this;
    }

    /** Returns the request. */
    public SessionRequest build() {
      return new SessionRequest(this);
    }
  }
}
