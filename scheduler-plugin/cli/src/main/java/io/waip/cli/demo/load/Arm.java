package io.waip.cli.demo.load;

/**
 * One side of a comparison.
 *
 * @param name key of the arm in the figures
 * @param title how people read it
 * @param opener makes what answers, anew for each run
 */
public record Arm(String name, String title, Opener opener) {
  /** Makes what answers the requests of a run. */
  @FunctionalInterface
  public interface Opener {
    /** Returns a new one, ready to be sent requests. */
    Serving open();
  }
}
