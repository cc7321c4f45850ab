package io.waip.cli.fit;

import io.waip.api.measurement.Subject;
import io.waip.api.v1.CostPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where two models predict different times, and which is nearer to which points.
 *
 * @param subjects known to both
 * @param onlyA labels of subjects that the first alone knows
 * @param onlyB labels of subjects that the second alone knows
 */
record ModelDiff(List<SubjectDiff> subjects, List<String> onlyA, List<String> onlyB) {
  /** Places listed for each subject. */
  private static final int PLACES = 5;

  /**
   * One subject in both models.
   *
   * @param subject its label
   * @param meanAbsRelDifference mean of {@code |B / A - 1|} over the points of both models
   * @param largest the places where they differ most, most first
   * @param atPointsOfA errors at the points the first was fitted to
   * @param atPointsOfB errors at the points the second was fitted to
   */
  record SubjectDiff(
      String subject,
      double meanAbsRelDifference,
      List<Place> largest,
      Errors atPointsOfA,
      Errors atPointsOfB) {}

  /**
   * Two predictions of one shape.
   *
   * @param relDifference {@code B / A - 1}
   * @param measuredMs of the point there
   */
  record Place(
      int batch,
      int length,
      double predictedMsA,
      double predictedMsB,
      double relDifference,
      double measuredMs) {
    boolean isAt(Place other) {
      return batch == other.batch && length == other.length;
    }
  }

  /**
   * Errors of both models at the same points.
   *
   * @param meanAbsRelErrorA mean of {@code |A / measured - 1|}
   * @param meanAbsRelErrorB mean of {@code |B / measured - 1|}
   * @param nearerA points to which the first is nearer
   * @param nearerB points to which the second is nearer
   */
  record Errors(
      int points, double meanAbsRelErrorA, double meanAbsRelErrorB, int nearerA, int nearerB) {}

  /** Compares two models at the points of both. */
  static ModelDiff of(OpenModel a, OpenModel b) {
    return new ModelDiff(
        a.points().keySet().stream()
            .filter(b.points()::containsKey)
            .map(subject -> compare(subject, a, b))
            .toList(),
        missing(a, b),
        missing(b, a));
  }

  private static List<String> missing(OpenModel from, OpenModel in) {
    return from.points().keySet().stream()
        .filter(subject -> !in.points().containsKey(subject))
        .map(Subject::label)
        .toList();
  }

  private static SubjectDiff compare(Subject subject, OpenModel a, OpenModel b) {
    List<Place> ofA = places(subject, a, b, a);
    List<Place> ofB = places(subject, a, b, b);
    List<Place> all = new ArrayList<>(ofA);
    ofB.stream().filter(place -> ofA.stream().noneMatch(place::isAt)).forEach(all::add);
    all.sort(Comparator.comparingDouble(place -> -Math.abs(place.relDifference())));
    return new SubjectDiff(
        subject.label(),
        all.stream().mapToDouble(place -> Math.abs(place.relDifference())).average().orElseThrow(),
        all.subList(0, Math.min(PLACES, all.size())),
        errors(ofA),
        errors(ofB));
  }

  private static List<Place> places(Subject subject, OpenModel a, OpenModel b, OpenModel of) {
    return of.points().getOrDefault(subject, List.of()).stream()
        .map(point -> place(point, a.nanos(subject, point), b.nanos(subject, point)))
        .toList();
  }

  private static Place place(CostPoint point, double nanosA, double nanosB) {
    return new Place(
        point.getBatch(),
        point.getLength(),
        nanosA / 1e6,
        nanosB / 1e6,
        nanosB / nanosA - 1,
        point.getMedianNanos() / 1e6);
  }

  private static Errors errors(List<Place> places) {
    double sumA = 0;
    double sumB = 0;
    int nearerA = 0;
    int nearerB = 0;
    for (Place place : places) {
      double errorA = Math.abs(place.predictedMsA() / place.measuredMs() - 1);
      double errorB = Math.abs(place.predictedMsB() / place.measuredMs() - 1);
      sumA += errorA;
      sumB += errorB;
      nearerA += errorA < errorB ? 1 : 0;
      nearerB += errorB < errorA ? 1 : 0;
    }
    int points = places.size();
    return new Errors(points, sumA / points, sumB / points, nearerA, nearerB);
  }
}
