package io.waip.api.cost;

import io.waip.api.measurement.Measurement;
import io.waip.api.measurement.Subject;
import java.util.List;

/**
 * How well fits to few points did.
 *
 * @param subjects each subject, in the order of the measurements
 * @param overall all held-out points of all subjects together
 * @param setAside measurements that contradict others and took no part
 */
public record FitJudgement(
    List<SubjectFigures> subjects, FitFigures overall, List<SetAside> setAside) {
  /** Copies the lists. */
  public FitJudgement {
    subjects = List.copyOf(subjects);
    setAside = List.copyOf(setAside);
  }

  /**
   * Figures of one subject.
   *
   * @param bandsBorrowed whether its bounds rest on the residuals of all subjects of its phase,
   *     because it has too few points of its own
   */
  public record SubjectFigures(Subject subject, FitFigures figures, boolean bandsBorrowed) {}

  /**
   * A shape whose time contradicts that of a smaller one.
   *
   * @param measurement first of its shape
   * @param reason names the other measurement and both times
   */
  public record SetAside(Measurement measurement, String reason) {}
}
