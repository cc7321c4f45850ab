package io.waip.triton.embedded;

import static io.waip.triton.embedded.TritonCalls.check;
import static io.waip.triton.embedded.TritonCalls.ignore;
import static org.bytedeco.tritonserver.global.tritonserver.*;

import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_ServerOptions;

/** The core's options made from {@link EmbeddedSettings}; freed by {@link #close()}. */
final class ServerOptions implements AutoCloseable {
  /** As the Java bindings' samples and tritonserver: what a CUDA build of the core runs on. */
  private static final double MIN_COMPUTE_CAPABILITY = 6.0;

  private final TRITONSERVER_ServerOptions options = new TRITONSERVER_ServerOptions(null);

  ServerOptions(EmbeddedSettings settings) {
    check(TRITONSERVER_ServerOptionsNew(options));
    try {
      fill(settings);
    } catch (TritonException e) {
      close();
      throw e;
    }
  }

  TRITONSERVER_ServerOptions pointer() {
    return options;
  }

  @Override
  public void close() {
    ignore(TRITONSERVER_ServerOptionsDelete(options));
  }

  private void fill(EmbeddedSettings settings) {
    check(TRITONSERVER_ServerOptionsSetModelRepositoryPath(options, settings.models().toString()));
    check(TRITONSERVER_ServerOptionsSetBackendDirectory(options, settings.backends().toString()));
    check(TRITONSERVER_ServerOptionsSetModelControlMode(options, settings.modelControl().code()));
    check(
        TRITONSERVER_ServerOptionsSetExitTimeout(
            options, Math.toIntExact(settings.exitTimeout().toSeconds())));
    check(TRITONSERVER_ServerOptionsSetStrictModelConfig(options, true));
    check(
        TRITONSERVER_ServerOptionsSetMinSupportedComputeCapability(
            options, MIN_COMPUTE_CAPABILITY));
    check(TRITONSERVER_ServerOptionsSetPinnedMemoryPoolByteSize(options, 0));
    // The core leaves it unset (TritonServerOptions of 24.10): a model that cannot be loaded would
    // be
    // tried for ever.
    check(TRITONSERVER_ServerOptionsSetModelLoadRetryCount(options, 0));
    // The families are kept, so that a backend's metrics can be read; what polls the machine is
    // not.
    check(TRITONSERVER_ServerOptionsSetMetrics(options, true));
    check(TRITONSERVER_ServerOptionsSetGpuMetrics(options, false));
    check(TRITONSERVER_ServerOptionsSetCpuMetrics(options, false));
    fillLog(settings);
  }

  private void fillLog(EmbeddedSettings settings) {
    LogLevel level = settings.logLevel();
    check(TRITONSERVER_ServerOptionsSetLogError(options, true));
    check(TRITONSERVER_ServerOptionsSetLogWarn(options, level.compareTo(LogLevel.WARNING) >= 0));
    check(TRITONSERVER_ServerOptionsSetLogInfo(options, level.compareTo(LogLevel.INFO) >= 0));
    check(TRITONSERVER_ServerOptionsSetLogVerbose(options, level == LogLevel.VERBOSE ? 1 : 0));
    if (settings.logFile() != null) {
      check(TRITONSERVER_ServerOptionsSetLogFile(options, settings.logFile().toString()));
    }
  }
}
