package io.waip.cost.judge;

import io.waip.api.cost.FitFigures;
import io.waip.api.cost.FitJudgement;
import io.waip.api.cost.FitJudgement.SetAside;
import io.waip.api.cost.FitJudgement.SubjectFigures;
import io.waip.api.cost.FitTrial;
import io.waip.api.cost.HeldOut;
import io.waip.api.cost.LatencyEstimate;
import io.waip.cost.fit.FittedSubject;
import io.waip.cost.fit.ModelFit;
import io.waip.cost.shape.PooledShape;
import io.waip.cost.shape.SubjectShapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Fits to shapes drawn at random and judges at the others, split after split. A shape is drawn with
 * all its repeats, so that no held-out shape was seen in another run.
 */
public final class Judge {
  /** A subject keeps a fifth of its shapes, at least one, to be judged at. */
  private static final int TRAIN_FIFTHS = 4;

  private final List<SubjectShapes> subjects;
  private final FitTrial trial;
  private final List<HeldOut> ofSubject;
  private final HeldOut overall = new HeldOut();
  private List<FittedSubject> lastFits = List.of();

  /**
   * Prepares a judgement.
   *
   * @param subjects at least one
   */
  public Judge(List<SubjectShapes> subjects, FitTrial trial) {
    this.subjects = subjects;
    this.trial = trial;
    ofSubject = subjects.stream().map(subject -> new HeldOut()).toList();
  }

  /**
   * Judges.
   *
   * @param onSplit told the number of splits done after each
   */
  public FitJudgement judge(IntConsumer onSplit) {
    for (int split = 0; split < trial.splits(); split++) {
      judgeSplit(split);
      onSplit.accept(split + 1);
    }
    List<SubjectFigures> figures = new ArrayList<>();
    for (int s = 0; s < subjects.size(); s++) {
      SubjectShapes subject = subjects.get(s);
      figures.add(
          new SubjectFigures(
              subject.subject(),
              figures(ofSubject.get(s), List.of(subject)),
              lastFits.get(s).isBorrowing()));
    }
    return new FitJudgement(figures, figures(overall, subjects), setAside());
  }

  private void judgeSplit(int split) {
    List<List<PooledShape>> seen = new ArrayList<>();
    List<List<PooledShape>> unseen = new ArrayList<>();
    for (int s = 0; s < subjects.size(); s++) {
      SubjectShapes subject = subjects.get(s);
      List<PooledShape> drawn = new ArrayList<>(subject.shapes());
      Collections.shuffle(drawn, new SplittableRandom((long) split * subjects.size() + s));
      int train = trainPoints(subject);
      seen.add(drawn.subList(0, train));
      unseen.add(drawn.subList(train, drawn.size()));
    }
    lastFits =
        ModelFit.of(
            IntStream.range(0, subjects.size())
                .mapToObj(s -> subjects.get(s).withShapes(seen.get(s)))
                .toList());
    overall.nextSplit();
    for (int s = 0; s < subjects.size(); s++) {
      ofSubject.get(s).nextSplit();
      for (PooledShape shape : unseen.get(s)) {
        LatencyEstimate estimate = lastFits.get(s).predict(shape.batch(), shape.length());
        ofSubject.get(s).add(shape.nanos(), estimate);
        overall.add(shape.nanos(), estimate);
      }
    }
  }

  private int trainPoints(SubjectShapes subject) {
    return Math.min(trial.trainPoints(), subject.shapes().size() * TRAIN_FIFTHS / 5);
  }

  private FitFigures figures(HeldOut answers, List<SubjectShapes> of) {
    return answers.figures(
        of.stream().mapToInt(subject -> subject.shapes().size()).sum(),
        of.stream().mapToInt(this::trainPoints).sum(),
        repeatError(of));
  }

  private static OptionalDouble repeatError(List<SubjectShapes> of) {
    return of.stream().flatMapToDouble(s -> s.repeatAbsRelError().stream()).average();
  }

  private List<SetAside> setAside() {
    List<SetAside> all = new ArrayList<>();
    for (SubjectShapes subject : subjects) {
      for (int i = 0; i < subject.setAside().size(); i++) {
        all.add(
            new SetAside(subject.setAside().get(i).repeats().getFirst(), subject.reasons().get(i)));
      }
    }
    return all;
  }
}
