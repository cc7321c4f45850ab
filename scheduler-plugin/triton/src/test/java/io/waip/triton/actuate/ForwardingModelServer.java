package io.waip.triton.actuate;

/** A server that is another one but for what its test overrides. */
public class ForwardingModelServer implements ModelServer {
  private final ModelServer server;

  /** Forwards to a server. */
  public ForwardingModelServer(ModelServer server) {
    this.server = server;
  }

  @Override
  public String configuration(String model) {
    return server.configuration(model);
  }

  @Override
  public boolean isReady(String model) {
    return server.isReady(model);
  }

  @Override
  public void load(String model, String configuration) {
    server.load(model, configuration);
  }

  @Override
  public boolean takesLoads() {
    return server.takesLoads();
  }
}
