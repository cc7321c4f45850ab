package io.waip.triton.actuate;

import io.waip.triton.client.CallFailure;
import io.waip.triton.client.OipClient;
import java.util.function.Supplier;

/** A server behind its gRPC port. */
public final class RemoteModelServer implements ModelServer {
  private final OipClient client;

  /** Reaches a server through a client, which stays its owner's. */
  public RemoteModelServer(OipClient client) {
    this.client = client;
  }

  @Override
  public String configuration(String model) {
    return ask(() -> client.configuration(model));
  }

  @Override
  public boolean isReady(String model) {
    return client.isReady(model);
  }

  @Override
  public void load(String model, String configuration) {
    ask(() -> {
      client.load(model, configuration);
      return model;
    });
  }

  @Override
  public boolean takesLoads() {
    return LoadProbe.takesLoads(model ->
        ask(() -> {
          client.load(model);
          return model;
        }));
  }

  private static <T> T ask(Supplier<T> call) {
    try {
      return call.get();
    } catch (CallFailure | IllegalArgumentException e) {
      throw new ServerRefusal(e);
    }
  }
}
