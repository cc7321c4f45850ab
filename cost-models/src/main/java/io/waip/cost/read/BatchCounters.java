package io.waip.cost.read;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Triton's counters grew by from one body of statistics to the next, added up. Single thread.
 */
final class BatchCounters {
  private static final List<String> PARTS =
      List.of("compute_input", "compute_infer", "compute_output");
  private static final long MAX_BATCH = 10_000_000;

  /** Some 30 years in nanoseconds; the parts of a batch still add up to a long. */
  private static final long MAX_COUNTER = 1_000_000_000_000_000_000L;

  /** What is counted apart. */
  private record Key(String model, String version, int batch) {}

  /** Executions and their time, nanoseconds, both {@code >= 0}. */
  private record Count(long executions, long nanos) {
    static final Count NONE = new Count(0, 0);

    Count plus(Count more) {
      return new Count(executions + more.executions, nanos + more.nanos);
    }

    Count minus(Count less) {
      return new Count(executions - less.executions, nanos - less.nanos);
    }
  }

  /**
   * Executions of one batch size.
   *
   * @param model name of the model
   * @param batch requests in each, {@code >= 1}
   * @param executions how many, {@code >= 1}
   * @param nanos of all together, {@code >= 1}
   * @param source where the last of them were counted
   */
  record Executed(String model, int batch, long executions, long nanos, Source source) {
    double meanNanos() {
      return (double) nanos / executions;
    }
  }

  private final Map<Key, Count> grown = new LinkedHashMap<>();
  private Map<Key, Count> last = Map.of();
  private boolean isFirst = true;
  private Source source;

  BatchCounters(Source file) {
    source = file;
  }

  /**
   * Takes the next body.
   *
   * @throws MeasurementFormatException if it is not of this form or a counter fell
   */
  void take(JsonPlace body) {
    source = body.source();
    Map<Key, Count> now = new HashMap<>();
    Set<String> models = new HashSet<>();
    for (JsonPlace model : body.items("model_stats")) {
      String name = model.name("name");
      String version = model.at("version").value().asText();
      if (!models.add(name + "\n" + version)) {
        throw model.bad("each version of a model once");
      }
      for (JsonPlace batch : model.items("batch_stats")) {
        Key key = new Key(name, version, Math.toIntExact(batch.whole("batch_size", 1, MAX_BATCH)));
        Count count = count(batch);
        if (now.put(key, count) != null) {
          throw batch.at("batch_size").bad("each batch size of a model once");
        }
        grow(batch, key, count);
      }
    }
    for (Key key : last.keySet()) {
      if (!now.containsKey(key)) {
        throw fell(key, "is gone");
      }
    }
    last = now;
    isFirst = false;
  }

  private void grow(JsonPlace batch, Key key, Count count) {
    if (isFirst) {
      return;
    }
    Count more = count.minus(last.getOrDefault(key, Count.NONE));
    if (more.executions < 0 || more.nanos < 0) {
      throw fell(key, "fell");
    }
    if (more.executions > 0 && more.nanos == 0) {
      throw batch.bad("times above 0 of executions");
    }
    grown.merge(key, more, Count::plus);
  }

  private static Count count(JsonPlace batch) {
    long executions = batch.at(PARTS.getFirst()).whole("count", 0, MAX_COUNTER);
    long nanos = 0;
    for (String part : PARTS) {
      if (batch.at(part).whole("count", 0, MAX_COUNTER) != executions) {
        throw batch.at(part).at("count").bad("the count of " + PARTS.getFirst());
      }
      nanos += batch.at(part).whole("ns", 0, MAX_COUNTER);
    }
    return new Count(executions, nanos);
  }

  private MeasurementFormatException fell(Key key, String how) {
    return new MeasurementFormatException(
        source,
        "the counter of model '%s', version '%s', batch_size %d %s: the server or the model was started again"
            .formatted(key.model, key.version, key.batch, how),
        "counters that grow from body to body",
        "take all bodies from one start of the server and the model");
  }

  /**
   * Returns what was executed from the first body to the last, in the order it came up.
   *
   * @return at least one
   * @throws MeasurementFormatException if nothing was, or two versions of a model ran
   */
  List<Executed> executed() {
    Map<String, String> versions = new HashMap<>();
    List<Executed> executed = new ArrayList<>();
    grown.forEach((key, count) -> {
      if (count.executions > 0) {
        String other = versions.putIfAbsent(key.model, key.version);
        if (other != null && !other.equals(key.version)) {
          throw twoVersions(key, other);
        }
        executed.add(new Executed(key.model, key.batch, count.executions, count.nanos, source));
      }
    });
    if (executed.isEmpty()) {
      throw new MeasurementFormatException(
          source,
          "no model was executed between the bodies",
          "at least one execution",
          "send requests between them");
    }
    return executed;
  }

  private MeasurementFormatException twoVersions(Key key, String other) {
    return new MeasurementFormatException(
        source,
        "versions %s and %s of model '%s' were executed".formatted(other, key.version, key.model),
        "one version of a model",
        "ask for /v2/models/%s/versions/N/stats".formatted(key.model));
  }
}
