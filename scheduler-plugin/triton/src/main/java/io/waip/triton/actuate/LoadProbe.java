package io.waip.triton.actuate;

import io.waip.triton.OneLine;
import java.util.function.Consumer;

/**
 * Finds out whether a server takes loads without changing anything: asks it to load a model that
 * cannot be there. Where loads are not taken the answer is that refusal; where they are, the server
 * says that there is no such model.
 */
final class LoadProbe {
  /** No folder of a repository has a name with a slash. */
  private static final String NO_MODEL = "waip/no-such-model";

  private LoadProbe() {}

  /**
   * Asks.
   *
   * @param load throws {@link ServerRefusal} where a model is not loaded
   * @throws ServerRefusal if the server was not reached
   */
  static boolean takesLoads(Consumer<String> load) {
    try {
      load.accept(NO_MODEL);
      return true;
    } catch (ServerRefusal refusal) {
      if (refusal.forbidsLoads()) {
        return false;
      }
      if (OneLine.of(refusal).contains(NO_MODEL)) {
        return true;
      }
      throw refusal;
    }
  }
}
