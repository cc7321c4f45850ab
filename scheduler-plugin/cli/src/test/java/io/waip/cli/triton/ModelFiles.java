package io.waip.cli.triton;

import com.google.protobuf.TextFormat;
import io.waip.api.cost.CostModelFitter;
import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Source;
import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.ServiceLoader;

/** Files of cost models of {@code 4 ms + 10 us · batch · length}, times a factor. */
public final class ModelFiles {
  private ModelFiles() {}

  /** A subject on a device, measured at batches to 64 and the lengths given. */
  public static List<Measurement> measured(Subject subject, double factor, int... lengths) {
    List<Measurement> measurements = new ArrayList<>();
    for (int batch = 1; batch <= 64; batch *= 2) {
      for (int length : lengths) {
        double nanos = factor * (4e6 + 1e4 * batch * length);
        Source source = new Source("measured.csv", measurements.size() + 1);
        measurements.add(
            new Measurement(subject, batch, length, nanos, OptionalDouble.empty(), 9, source));
      }
    }
    return measurements;
  }

  public static Subject subject(String variant, String device, int threads) {
    return new Subject(variant, Phase.WHOLE, device, 1, threads);
  }

  /** Fits and writes; the file is what {@code waip fit} would have written. */
  static String text(List<Measurement> measurements) {
    CostModelFitter fitter = ServiceLoader.load(CostModelFitter.class).findFirst().orElseThrow();
    CostModel model = fitter.fit(measurements);
    return TextFormat.printer().printToString(model);
  }

  /** Fits and writes to a file. */
  public static void write(Path file, List<Measurement> measurements) throws IOException {
    Files.writeString(file, text(measurements));
  }
}
