package io.waip.triton.actuate;

import io.waip.triton.embedded.EmbeddedServer;
import io.waip.triton.embedded.TritonException;
import java.util.function.Supplier;

/** A server in this process. */
public final class EmbeddedModelServer implements ModelServer {
  private final EmbeddedServer server;

  /** Reaches a server, which stays its owner's. */
  public EmbeddedModelServer(EmbeddedServer server) {
    this.server = server;
  }

  @Override
  public String configuration(String model) {
    return ask(() -> server.configuration(model));
  }

  @Override
  public boolean isReady(String model) {
    return server.isReady(model);
  }

  @Override
  public void load(String model, String configuration) {
    ask(() -> {
      server.load(model, configuration);
      return model;
    });
  }

  @Override
  public boolean takesLoads() {
    return LoadProbe.takesLoads(model ->
        ask(() -> {
          server.load(model);
          return model;
        }));
  }

  private static <T> T ask(Supplier<T> call) {
    try {
      return call.get();
    } catch (TritonException | IllegalStateException e) {
      throw new ServerRefusal(e);
    }
  }
}
