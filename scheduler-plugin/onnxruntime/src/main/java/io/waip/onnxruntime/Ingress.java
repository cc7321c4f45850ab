package io.waip.onnxruntime;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import io.waip.onnxruntime.Signature.Port;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client's request into a submission, or says in one line what is wrong with it.
 *
 * <p>Immutable; any thread.
 */
final class Ingress {
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(365);

  private final Signature signature;
  private final @Nullable LengthRule rule;
  private final Objective objective;
  private final Map<String, Integer> tenants = new HashMap<>();
  private final int maxLength;
  private final long maxRequestBytes;

  Ingress(LoadedModels models, Objective objective, List<Tenant> tenants, long maxRequestBytes) {
    signature = models.signature();
    rule = models.rule();
    this.objective = objective;
    for (int i = 0; i < tenants.size(); i++) {
      this.tenants.put(tenants.get(i).name(), i);
    }
    maxLength = models.maxLength();
    this.maxRequestBytes = maxRequestBytes;
  }

  /**
   * Checks a request.
   *
   * @throws IllegalArgumentException if anything in it cannot be served as given
   */
  Submission accept(SessionRequest request, long nowNanos) {
    checkBytes(request);
    for (String name : request.inputs().keySet()) {
      if (signature.inputs().stream().noneMatch(port -> port.name().equals(name))) {
        throw new IllegalArgumentException(
            "there is no input '%s'; the model's inputs are %s"
                .formatted(name, signature.inputs().stream().map(Port::name).toList()));
      }
    }
    @Nullable InputRow[] rows = new InputRow[signature.inputs().size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(signature.inputs().get(i), request);
    }
    int length = length(rows);
    return new Submission(call(request, nowNanos), rows, length);
  }

  private void checkBytes(SessionRequest request) {
    long bytes = 0;
    for (InputRow row : request.inputs().values()) {
      bytes += (long) row.size() * row.type().bytes();
    }
    if (bytes > maxRequestBytes) {
      throw new IllegalArgumentException(
          "the inputs take %d bytes; at most %d are accepted (max_request_bytes)"
              .formatted(bytes, maxRequestBytes));
    }
  }

  private @Nullable InputRow row(Port port, SessionRequest request) {
    InputRow row = request.inputs().get(port.name());
    if (row == null) {
      if (rule != null && rule.isOptional(port.name())) {
        return null;
      }
      throw new IllegalArgumentException("input '%s' is missing".formatted(port.name()));
    }
    if (row.type() != port.type()) {
      throw new IllegalArgumentException(
          "input '%s' must be %s, is %s"
              .formatted(
                  port.name(), ElementTypes.label(port.type()), ElementTypes.label(row.type())));
    }
    checkShape(port, row);
    int bad = row.firstNotFinite();
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "input '%s' is not a finite number at element %d".formatted(port.name(), bad));
    }
    return row;
  }

  private static void checkShape(Port port, InputRow row) {
    boolean fits = row.rank() == port.rowShape().size();
    for (int axis = 0; fits && axis < row.rank(); axis++) {
      int wanted = port.rowShape().get(axis);
      fits = wanted == Signature.LENGTH || wanted == row.dimension(axis);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "input '%s' must have shape %s without the batch axis, has %s"
              .formatted(port.name(), port.describe(), row.shapeText()));
    }
    if (row.size() == 0) {
      throw new IllegalArgumentException(
          "input '%s' is empty; it needs at least one element".formatted(port.name()));
    }
  }

  /** Returns the common length of the rows; 1 where no input has one. */
  private int length(@Nullable InputRow[] rows) {
    int length = 0;
    String first = "";
    for (int i = 0; i < rows.length; i++) {
      InputRow row = rows[i];
      Port port = signature.inputs().get(i);
      if (row == null || !port.hasLength()) {
        continue;
      }
      if (length == 0) {
        length = row.dimension(0);
        first = port.name();
      } else if (row.dimension(0) != length) {
        throw new IllegalArgumentException(
            "input '%s' has length %d, but '%s' has length %d"
                .formatted(port.name(), row.dimension(0), first, length));
      }
    }
    if (length > maxLength) {
      throw new IllegalArgumentException(
          "input '%s' has length %d; the longest accepted is %d"
              .formatted(first, length, maxLength));
    }
    return Math.max(1, length);
  }

  private Submission.Call call(SessionRequest request, long nowNanos) {
    Tier tier = request.tier() == null ? objective.tier() : request.tier();
    long arrival = request.arrivalNanos().orElse(nowNanos);
    return new Submission.Call(
        tenant(request.tenant()),
        tier,
        arrival,
        deadline(request, tier, arrival, nowNanos),
        request.qualityFloor());
  }

  private int tenant(@Nullable String name) {
    if (name == null) {
      return 0;
    }
    Integer index = tenants.get(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "unknown tenant '%s'; configured are %s"
              .formatted(name, tenants.keySet().stream().sorted().toList()));
    }
    return index;
  }

  private long deadline(SessionRequest request, Tier tier, long arrivalNanos, long nowNanos) {
    if (request.deadline() == null) {
      return tier == Tier.OFFLINE
          ? RequestDescriptor.NO_DEADLINE
          : arrivalNanos + objective.latency().toNanos();
    }
    if (request.deadline().compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "deadline must lie within %s of the arrival, is %s"
              .formatted(LONGEST_DEADLINE, request.deadline()));
    }
    long deadline = arrivalNanos + request.deadline().toNanos();
    if (deadline <= nowNanos) {
      throw new IllegalArgumentException(
          "deadline passed %d us before the request was submitted"
              .formatted((nowNanos - deadline) / 1000));
    }
    return deadline;
  }
}
