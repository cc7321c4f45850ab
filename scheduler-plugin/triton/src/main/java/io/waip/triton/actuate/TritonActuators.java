package io.waip.triton.actuate;

import io.waip.api.actuate.Actuator;
import java.nio.file.Path;
import java.util.Optional;

/** Chooses how a server's models may be changed. */
public final class TritonActuators {
  private TritonActuators() {}

  /**
   * Asks a server whether it takes loads; where it does not, an operator has to have said that it
   * polls, as a server does not tell that from changing nothing.
   *
   * @param polled the repository, where the operator says that the server polls it and that it may
   *     be written to
   * @throws ServerRefusal if the server cannot be reached
   */
  public static Actuator of(ModelServer server, Optional<Path> polled, Patience patience) {
    if (server.takesLoads()) {
      return new LoadWithConfigActuator(server, patience.nanoClock());
    }
    if (polled.isPresent()) {
      return new ConfigFileActuator(server, polled.get(), patience);
    }
    return new AdvisingActuator(
        server,
        "the server does not take loads by name (--model-control-mode=explicit), and it is not"
            + " said that it polls a repository that may be written to");
  }
}
