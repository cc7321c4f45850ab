package io.waip.cli.fit;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.MeasurementReader;
import io.waip.api.measurement.MeasurementReaders;
import io.waip.cli.input.InputFiles;
import io.waip.cli.input.UserError;
import io.waip.cli.plugin.Providers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files of measurements with the readers that are there. */
final class MeasurementFiles {
  private final MeasurementReaders readers;
  private final @Nullable String format;

  /**
   * Takes readers and the form.
   *
   * @param format name of the one all files have; null finds it from each file
   * @throws UserError if nobody reads it
   */
  MeasurementFiles(Providers<MeasurementReader> readers, @Nullable String format) {
    this.readers = new MeasurementReaders(readers.all());
    this.format = format;
    if (format != null) {
      readers.named("--format", format);
    }
  }

  /**
   * Reads all files.
   *
   * @throws UserError if a file cannot be read, is of no known form, or not as it should be
   */
  List<Measurement> read(List<Path> files) {
    List<Measurement> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(InputFiles.read(file, this::measurements));
    }
    return all;
  }

  private List<Measurement> measurements(Path file) throws IOException {
    return (format == null ? readers.forFile(file) : readers.named(format)).read(file);
  }
}
