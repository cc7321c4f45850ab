package io.waip.triton.embedded;

import static io.waip.triton.embedded.TritonCalls.check;
import static io.waip.triton.embedded.TritonCalls.ignore;
import static io.waip.triton.embedded.TritonCalls.json;
import static org.bytedeco.tritonserver.global.tritonserver.*;

import io.waip.triton.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_Metrics;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_Parameter;
import org.bytedeco.tritonserver.tritonserver.TRITONSERVER_Server;

/**
 * Triton's real core, release 24.10, inside this JVM.
 *
 * <p><b>For the demo, tests and evaluation only.</b> The core predates security fixes of later
 * releases. It opens no port; hand it nothing that comes from an untrusted client.
 *
 * <p>Models are loaded and unloaded by name, never by themselves, unless the settings choose
 * another {@link ModelControl}. The core registers no signal handler and loads no ONNX Runtime; the
 * process stays the JVM's. Several servers may follow each other, or run beside each other, in one
 * process.
 *
 * <p>Threading: any thread may call any method. {@link #close()} waits for calls that are under way
 * and for requests in flight.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final String CONFIG_PARAMETER = "config";

  /** Of the form in which {@code config.pbtxt} and a load's configuration are. */
  private static final int CONFIG_VERSION = 1;

  /** The newest version of a model that is loaded. */
  private static final long NEWEST = -1;

  private final TRITONSERVER_Server server;
  private final Gate gate = new Gate("the embedded server");

  private EmbeddedServer(TRITONSERVER_Server server) {
    this.server = server;
  }

  /** Returns why no server can be started on this machine, or nothing where one can. */
  public static Optional<String> obstacle() {
    return Optional.ofNullable(TritonLibrary.obstacle());
  }

  /**
   * Starts a server with no model loaded.
   *
   * @throws UnsupportedOperationException if there is an {@link #obstacle()}
   * @throws UnsatisfiedLinkError if the core's libraries cannot be loaded
   * @throws TritonException if the core refuses the settings
   */
  public static EmbeddedServer start(EmbeddedSettings settings) {
    TritonLibrary.load();
    TRITONSERVER_Server server = new TRITONSERVER_Server(null);
    try (ServerOptions options = new ServerOptions(settings)) {
      check(TRITONSERVER_ServerNew(server, options.pointer()));
    }
    return new EmbeddedServer(server);
  }

  /**
   * Loads a model, or loads it anew, and waits until it is ready. Requests under way end on the
   * model they began on.
   *
   * @throws TritonException if it cannot be loaded; one that was loaded before keeps serving
   */
  public void load(String model) {
    use(() -> check(TRITONSERVER_ServerLoadModel(server, model)));
  }

  /**
   * Loads a model with another configuration than the file's.
   *
   * @param config the whole configuration as JSON, {@link ModelConfig#toJson()}
   * @throws TritonException as {@link #load(String)}
   */
  public void load(String model, String config) {
    use(() -> {
      TRITONSERVER_Parameter parameter = configParameter(config);
      try (PointerPointer<TRITONSERVER_Parameter> list =
          new PointerPointer<TRITONSERVER_Parameter>(1).put(0, parameter)) {
        check(TRITONSERVER_ServerLoadModelWithParameters(server, model, list, 1));
      } finally {
        TRITONSERVER_ParameterDelete(parameter);
      }
    });
  }

  private static TRITONSERVER_Parameter configParameter(String config) {
    byte[] text = config.getBytes(StandardCharsets.UTF_8);
    // The core copies the text.
    try (BytePointer value = new BytePointer(text.length + 1L)) {
      value.put(text, 0, text.length).put(text.length, (byte) 0);
      return TRITONSERVER_ParameterNew(CONFIG_PARAMETER, TRITONSERVER_PARAMETER_STRING, value);
    }
  }

  /**
   * Begins to unload a model: new requests for it are refused at once, those under way end.
   *
   * @throws TritonException if there is no such model
   */
  public void unload(String model) {
    use(() -> check(TRITONSERVER_ServerUnloadModel(server, model)));
  }

  /** Returns whether a model takes requests now; false for one that does not exist. */
  public boolean isReady(String model) {
    return get(() -> {
      boolean[] ready = new boolean[1];
      ignore(TRITONSERVER_ServerModelIsReady(server, model, NEWEST, ready));
      return ready[0];
    });
  }

  /**
   * Returns a model's statistics as Triton's HTTP end point gives them: {@code model_stats[]} with
   * counts, times in nanoseconds and {@code batch_stats[]}.
   *
   * @throws TritonException if the model is not loaded
   */
  public String statistics(String model) {
    return get(() -> json(into -> TRITONSERVER_ServerModelStatistics(server, model, NEWEST, into)));
  }

  /**
   * Returns a model's inputs, outputs and versions as JSON.
   *
   * @throws TritonException if the model is not loaded
   */
  public String modelMetadata(String model) {
    return get(() -> json(into -> TRITONSERVER_ServerModelMetadata(server, model, NEWEST, into)));
  }

  /**
   * Returns the configuration a model runs with as JSON, defaults filled in: what {@link
   * #load(String, String)} takes.
   *
   * @throws TritonException if the model is not loaded
   */
  public String configuration(String model) {
    return get(() ->
        json(into -> TRITONSERVER_ServerModelConfig(server, model, NEWEST, CONFIG_VERSION, into)));
  }

  /**
   * Looks once for changed files of models and takes them up, as a stock server in this mode does
   * at each interval.
   *
   * @throws TritonException if the server does not {@link ModelControl#POLL}, or a changed model
   *     cannot be loaded; one that was loaded before keeps serving
   */
  public void poll() {
    use(() -> check(TRITONSERVER_ServerPollModelRepository(server)));
  }

  /** Returns the state of each model in the repository as JSON. */
  public String modelIndex() {
    return get(() -> json(into -> TRITONSERVER_ServerModelIndex(server, 0, into)));
  }

  /** Returns the server's name, version and extensions as JSON. */
  public String metadata() {
    return get(() -> json(into -> TRITONSERVER_ServerMetadata(server, into)));
  }

  /** Returns the core's version, such as {@code 2.51.0}. */
  public String version() {
    return JsonText.stringOf(metadata(), "version");
  }

  /** Returns the core's metrics in Prometheus' text form, those of backends included. */
  public String metrics() {
    return get(() -> {
      TRITONSERVER_Metrics metrics = new TRITONSERVER_Metrics(null);
      check(TRITONSERVER_ServerMetrics(server, metrics));
      try (PointerPointer<BytePointer> base = new PointerPointer<>(1);
          SizeTPointer size = new SizeTPointer(1)) {
        check(TRITONSERVER_MetricsFormatted(metrics, TRITONSERVER_METRIC_PROMETHEUS, base, size));
        return TritonCalls.text(base, size.get());
      } finally {
        ignore(TRITONSERVER_MetricsDelete(metrics));
      }
    });
  }

  /**
   * Stops the server: refuses new requests, waits for those in flight, unloads all models. A second
   * call does nothing.
   *
   * @throws TritonException if requests were still in flight at the exit time-out. The core is then
   *     left as it is, never freed: freeing it under a running request would crash the process
   */
  @Override
  public void close() {
    if (gate.close()) {
      check(TRITONSERVER_ServerStop(server));
      check(TRITONSERVER_ServerDelete(server));
    }
  }

  Gate gate() {
    return gate;
  }

  /** The core's handle; to be used between {@code enter} and {@code leave} of the gate. */
  TRITONSERVER_Server pointer() {
    return server;
  }

  private void use(Runnable call) {
    gate.enter();
    try {
      call.run();
    } finally {
      gate.leave();
    }
  }

  private <T> T get(Supplier<T> call) {
    gate.enter();
    try {
      return call.get();
    } finally {
      gate.leave();
    }
  }
}
