package io.waip.cost.read;

import io.waip.api.measurement.MeasurementFormatException;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the name of a file says of the measurements in it, because the file does not: {@code
 * minilm_fp32,batch=8,length=128,threads=2,device=A100.csv}. The tools write one file for one
 * setting under a name that their user chooses, so the setting stays with the file. Nothing has a
 * default but {@code device} (unknown), {@code threads} (unknown) and {@code tensor_parallel} (1).
 */
final class FileSetting {
  private static final String BATCH = "batch";
  private static final String LENGTH = "length";
  private static final String DEVICE = "device";
  private static final String TENSOR_PARALLEL = "tensor_parallel";
  private static final String THREADS = "threads";
  private static final int MAX_WHOLE = 10_000_000;
  private static final List<String> OPTIONAL = List.of(DEVICE, TENSOR_PARALLEL, THREADS);
  private static final String OPTIONAL_FORM = "[,device=NAME][,tensor_parallel=N][,threads=N]";

  private final Source source;
  private final String name;
  private final List<String> required;
  private final Map<String, String> values = new HashMap<>();

  private FileSetting(Path file, List<String> required) {
    this.required = required;
    source = new Source(file.toString(), 0);
    String full = String.valueOf(file.getFileName());
    String[] parts = full.replaceFirst("\\.[A-Za-z]+$", "").split(",", -1);
    name = parts[0].strip();
    for (int i = 1; i < parts.length; i++) {
      put(parts[i]);
    }
    for (String key : required) {
      if (!values.containsKey(key)) {
        throw bad("neither the file nor its name says the " + key);
      }
    }
  }

  /**
   * Reads the name of a file that says its batch sizes itself.
   *
   * @throws MeasurementFormatException if the name lacks {@code length} or has a part that is not
   *     allowed
   */
  static FileSetting withLength(Path file) {
    return new FileSetting(file, List.of(LENGTH));
  }

  /**
   * Reads the name of a file that says neither batch nor model, which is the part before the first
   * comma.
   *
   * @throws MeasurementFormatException if the name lacks {@code batch} or {@code length}, is blank,
   *     or has a part that is not allowed
   */
  static FileSetting withBatch(Path file) {
    FileSetting setting = new FileSetting(file, List.of(BATCH, LENGTH));
    if (setting.name.isEmpty()) {
      throw setting.bad("neither the file nor its name says the model");
    }
    return setting;
  }

  private void put(String part) {
    int equals = part.indexOf('=');
    String key = equals < 0 ? part.strip() : part.substring(0, equals).strip();
    String value = part.substring(equals + 1).strip();
    if (equals < 0 || value.isEmpty() || !(required.contains(key) || OPTIONAL.contains(key))) {
      throw bad("its name says '%s'".formatted(part));
    }
    if (values.put(key, value) != null) {
      throw bad("its name says '%s' twice".formatted(key));
    }
  }

  private int whole(String key, int absent) {
    String value = values.get(key);
    if (value == null) {
      return absent;
    }
    try {
      int whole = Integer.parseInt(value);
      if (whole >= 1 && whole <= MAX_WHOLE) {
        return whole;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    throw bad(
        "its name says %s '%s', which is no whole number in [1, %d]"
            .formatted(key, value, MAX_WHOLE));
  }

  private MeasurementFormatException bad(String what) {
    StringBuilder form = new StringBuilder("NAME");
    required.forEach(key -> form.append(',').append(key).append("=N"));
    return new MeasurementFormatException(
        source,
        what,
        form.append(OPTIONAL_FORM) + " and an extension",
        "rename the file so; length=1 where all inputs have one shape");
  }

  /** Returns the batch, {@code >= 1}; only of {@link #withBatch}. */
  int batch() {
    return whole(BATCH, 0);
  }

  /** Returns the length, {@code >= 1}. */
  int length() {
    return whole(LENGTH, 0);
  }

  /** Returns what was measured of the model that the name begins with. */
  Subject subject(Phase phase) {
    return subject(name, phase);
  }

  /** Returns what was measured of a model. */
  Subject subject(String model, Phase phase) {
    return new Subject(
        model,
        phase,
        values.getOrDefault(DEVICE, ""),
        whole(TENSOR_PARALLEL, 1),
        whole(THREADS, 0));
  }
}
