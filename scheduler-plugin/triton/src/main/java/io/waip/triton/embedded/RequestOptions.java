package io.waip.triton.embedded;

import static org.bytedeco.tritonserver.global.tritonserver.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_Error;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_InferenceRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside its tensors: id, parameters, priority, time-out. Cleared when its call
 * is taken from the pool. One thread at a time.
 */
public final class RequestOptions {
  private final List<String> keys = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private @Nullable String id;
  private long priority;
  private long timeoutMicros;

  RequestOptions() {}

  /** Sets the request's id, which Triton logs and hands to the backend. */
  public RequestOptions id(String newId) {
    id = newId;
    return this;
  }

  /** Adds a text parameter, such as {@code tenant}. */
  public RequestOptions parameter(String key, String value) {
    return add(key, value);
  }

  /** Adds an integer parameter, such as {@code deadline_ms}. */
  public RequestOptions parameter(String key, long value) {
    return add(key, value);
  }

  /** Adds a boolean parameter. */
  public RequestOptions parameter(String key, boolean value) {
    return add(key, value);
  }

  /**
   * Sets Triton's own priority, for a model with priority levels.
   *
   * @param level 1 is the highest; 0 is the model's default
   */
  public RequestOptions priority(long level) {
    priority = level;
    return this;
  }

  /**
   * Sets the longest stay in Triton's queue. Heeded only where the model's queue policy allows the
   * override <em>and</em> has a default time-out that is longer.
   */
  public RequestOptions timeout(Duration timeout) {
    timeoutMicros = timeout.toNanos() / 1_000;
    return this;
  }

  private RequestOptions add(String key, Object value) {
    keys.add(key);
    values.add(value);
    return this;
  }

  void clear() {
    keys.clear();
    values.clear();
    id = null;
    priority = 0;
    timeoutMicros = 0;
  }

  @Nullable TRITONSERVER_Error applyTo(TRITONSERVER_InferenceRequest request) {
    TRITONSERVER_Error error = id == null ? null : TRITONSERVER_InferenceRequestSetId(request, id);
    if (error == null && priority != 0) {
      error = TRITONSERVER_InferenceRequestSetPriorityUInt64(request, priority);
    }
    if (error == null && timeoutMicros != 0) {
      error = TRITONSERVER_InferenceRequestSetTimeoutMicroseconds(request, timeoutMicros);
    }
    for (int i = 0; error == null && i < keys.size(); i++) {
      error = set(request, keys.get(i), values.get(i));
    }
    return error;
  }

  private static @Nullable TRITONSERVER_Error set(
      TRITONSERVER_InferenceRequest request, String key, Object value) {
    return switch (value) {
      case String text -> TRITONSERVER_InferenceRequestSetStringParameter(request, key, text);
      case Long number -> TRITONSERVER_InferenceRequestSetIntParameter(request, key, number);
      case Boolean flag -> TRITONSERVER_InferenceRequestSetBoolParameter(request, key, flag);
      default -> throw new IllegalStateException("no parameter can be a " + value.getClass());
    };
  }
}
