package io.waip.triton.actuate;

/** What actuators ask of a Triton server, be it in this process or behind a port. */
public interface ModelServer {
  /**
   * Returns the configuration a loaded model runs with, whole, as JSON.
   *
   * @throws ServerRefusal if there is no such model, the server cannot be reached, or the
   *     configuration cannot be given back whole
   */
  String configuration(String model);

  /** Says whether a model answers requests now; false where the server cannot be reached. */
  boolean isReady(String model);

  /**
   * Loads a model with a configuration in place of its file's, and waits until it is ready.
   *
   * @param configuration whole, as JSON
   * @throws ServerRefusal if it is not loaded; one that was loaded before keeps serving
   */
  void load(String model, String configuration);

  /**
   * Says whether models may be loaded by name ({@code --model-control-mode=explicit}). A server
   * that says no either polls its repository or changes nothing: it does not tell which.
   *
   * @throws ServerRefusal if the server cannot be reached
   */
  boolean takesLoads();
}
