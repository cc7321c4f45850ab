package io.waip.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.waip.api.deployment.Variant;
import java.nio.file.Files;
import java.nio.file.Path;

/** One concrete form of the service's model, where it lies, and how to run it. Immutable. */
public final class ModelVariant {
  private static final String OFF = "0";

  private final Variant variant;
  private final Source source;
  private final int intraOpThreads;

  private ModelVariant(Variant variant, Source source, int intraOpThreads) {
    if (intraOpThreads < 1) {
      throw new IllegalArgumentException(
          "intra_op_threads of variant '%s' must be >= 1, is %d"
              .formatted(variant.model(), intraOpThreads));
    }
    this.variant = variant;
    this.source = source;
    this.intraOpThreads = intraOpThreads;
  }

  /**
   * Returns a variant whose model lies in a file; it is read when the model is loaded.
   *
   * @param intraOpThreads threads inside one execution
   * @throws IllegalArgumentException if {@code intraOpThreads < 1}
   */
  public static ModelVariant file(Variant variant, Path path, int intraOpThreads) {
    return new ModelVariant(
        variant,
        options -> {
          if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(
                "model file '%s' is missing or not readable".formatted(path));
          }
          return OrtEnvironment.getEnvironment().createSession(path.toString(), options);
        },
        intraOpThreads);
  }

  /**
   * Returns a variant whose model is in memory.
   *
   * @param model ONNX bytes, not copied
   * @param intraOpThreads threads inside one execution
   * @throws IllegalArgumentException if {@code intraOpThreads < 1}
   */
  public static ModelVariant bytes(Variant variant, byte[] model, int intraOpThreads) {
    return new ModelVariant(
        variant,
        options -> OrtEnvironment.getEnvironment().createSession(model, options),
        intraOpThreads);
  }

  /** Returns this run with another number of threads inside one execution, {@code >= 1}. */
  public ModelVariant withIntraOpThreads(int threads) {
    return new ModelVariant(variant, source, threads);
  }

  /** Returns the threads inside one execution. */
  public int intraOpThreads() {
    return intraOpThreads;
  }

  /** Returns its name, quality and limits. */
  public Variant variant() {
    return variant;
  }

  /** Returns the name. */
  public String name() {
    return variant.model();
  }

  /**
   * Opens a session whose threads do not spin while they wait.
   *
   * @throws OrtException if the model is broken
   * @throws IllegalArgumentException if the file cannot be read
   */
  OrtSession open() throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(intraOpThreads);
      options.setInterOpNumThreads(1);
      // What fails is reported to its request; the runtime need not print it as well.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.addConfigEntry("session.intra_op.allow_spinning", OFF);
      options.addConfigEntry("session.inter_op.allow_spinning", OFF);
      return source.open(options);
    }
  }

  private interface Source {
    OrtSession open(OrtSession.SessionOptions options) throws OrtException;
  }
}
