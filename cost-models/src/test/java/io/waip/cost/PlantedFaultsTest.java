package io.waip.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.contract.CostModelFitterContract;
import io.waip.api.cost.CostModelFitter;
import io.waip.api.cost.FitJudgement;
import io.waip.api.cost.FitTrial;
import io.waip.api.cost.LatencyEstimate;
import io.waip.api.cost.LatencyEstimate.Basis;
import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.Measurement;
import io.waip.api.v1.CostModel;
import io.waip.api.v1.CostParameter;
import io.waip.api.v1.VariantCost;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each clause of {@link CostModelFitterContract} finds a fitter that breaks it. */
class PlantedFaultsTest {
  private static final Map<String, CostModelFitter> FAULTS = new LinkedHashMap<>();

  /** Changes calls across fitters, as a fault with state does. */
  private static final AtomicInteger CALLS = new AtomicInteger();

  private static CostModel lastFitted = CostModel.getDefaultInstance();

  private static CostModelFitter fits(Consumer<CostModel.Builder> change) {
    return new FaultyFitter() {
      @Override
      public CostModel fit(List<Measurement> measurements) {
        CostModel.Builder model = sound.fit(measurements).toBuilder();
        change.accept(model);
        return model.build();
      }
    };
  }

  private static CostModelFitter opens(Consumer<CostModel.Builder> leniently) {
    return new FaultyFitter() {
      @Override
      public LatencyPredictor open(CostModel model) {
        CostModel.Builder changed = model.toBuilder();
        leniently.accept(changed);
        return sound.open(changed.build());
      }
    };
  }

  private static CostModelFitter answers(UnaryOperator<LatencyEstimate> change) {
    return new FaultyFitter() {
      @Override
      public LatencyPredictor open(CostModel model) {
        LatencyPredictor right = sound.open(model);
        return (subject, batch, length) -> {
          LatencyEstimate answer = right.predict(subject, batch, length);
          return answer.basis() == Basis.UNKNOWN ? answer : change.apply(answer);
        };
      }
    };
  }

  private static LatencyEstimate scaled(LatencyEstimate answer, double factor) {
    return new LatencyEstimate(
        factor * answer.medianNanos(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        answer.basis());
  }

  private static LatencyEstimate bounded(LatencyEstimate answer, double factor) {
    OptionalDouble bound = OptionalDouble.of(factor * answer.medianNanos());
    return new LatencyEstimate(answer.medianNanos(), bound, bound, answer.basis());
  }

  static {
    FAULTS.put("hasANameThatCanBeTyped", new NamedFitter());
    FAULTS.put("signsItsModels", fits(model -> model.setFitter("")));
    FAULTS.put(
        "keepsEachShapeOfEachSubject", fits(model -> model.getVariantsBuilder(1).removePoints(3)));
    FAULTS.put("knowsTheSubjectsItWasFittedToAndNoOther", new ForgetfulOfThreads());
    FAULTS.put("predictsNanosecondsNearThePoints", answers(answer -> scaled(answer, 1e-3)));
    FAULTS.put(
        "saysWhereItExtrapolates",
        answers(
            a -> new LatencyEstimate(a.medianNanos(), a.p95Nanos(), a.p99Nanos(), Basis.MEASURED)));
    FAULTS.put("ordersItsBounds", answers(answer -> bounded(answer, 0.99)));
    FAULTS.put("aModelReadBackFromItsTextPredictsTheSame", new RemembersItsFit());
    FAULTS.put(
        "fitsTheSameEachTime",
        fits(model ->
            model
                .getVariantsBuilder(0)
                .addParameters(CostParameter.newBuilder().addValues(CALLS.incrementAndGet()))));
    FAULTS.put(
        "anAnswerDoesNotDependOnThoseBefore",
        answers(answer -> scaled(answer, 1 + 1e-6 * CALLS.incrementAndGet())));
    FAULTS.put("refusesTheModelOfAnotherFitter", opens(model -> model.setFitter("roofline")));
    FAULTS.put("refusesAnotherVersionOfTheFormat", opens(model -> model.setFormatVersion(1)));
    FAULTS.put("refusesAModelWithoutThePointsOfASubject", opens(PlantedFaultsTest::skipEmpty));
    FAULTS.put(
        "refusesAPhaseThatDoesNotExist",
        opens(model -> model.getVariantsBuilder(0).setPhase("WHOLE")));
    FAULTS.put("refusesASubjectThatIsThereTwice", opens(PlantedFaultsTest::dropThird));
    FAULTS.put("refusesABatchOrLengthBelowOne", new LenientAboutShapes());
    FAULTS.put("refusesToFitNothing", new FitsNothing());
    FAULTS.put("answersOrRefusesASubjectOfOneShape", new StumblesOverOneShape());
    FAULTS.put("judgesAsOftenAsItIsTold", new SilentJudge());
    FAULTS.put("judgesTheSameEachTime", new RestlessJudge());
    FAULTS.put("judgesAtShapesTheFitDidNotSee", new SeesAllShapes());
    FAULTS.put("comesNearALawItDoesNotSeeAllOf", answers(answer -> scaled(answer, 1.6)));
    FAULTS.put("keepsWhatItsBoundsPromise", answers(answer -> bounded(answer, 1)));
  }

  private static void skipEmpty(CostModel.Builder model) {
    List<VariantCost> full =
        model.getVariantsList().stream().filter(variant -> variant.getPointsCount() > 0).toList();
    model.clearVariants().addAllVariants(full);
  }

  private static void dropThird(CostModel.Builder model) {
    if (model.getVariantsCount() > 2) {
      model.removeVariants(2);
    }
  }

  private static final class NamedFitter extends FaultyFitter {
    @Override
    public String name() {
      return "Roof Line";
    }
  }

  private static final class ForgetfulOfThreads extends FaultyFitter {
    @Override
    public LatencyPredictor open(CostModel model) {
      LatencyPredictor right = sound.open(model);
      return (s, batch, length) ->
          right.predict(
              new io.waip.api.measurement.Subject(
                  s.variant(),
                  s.phase(),
                  s.device(),
                  s.tensorParallel(),
                  s.threads() == 4 ? 2 : s.threads()),
              batch,
              length);
    }
  }

  private static final class RemembersItsFit extends FaultyFitter {
    @Override
    public CostModel fit(List<Measurement> measurements) {
      lastFitted = sound.fit(measurements);
      return lastFitted;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The fault: the same model read back is another object.
    public LatencyPredictor open(CostModel model) {
      boolean isOwn = model == lastFitted;
      LatencyPredictor right = sound.open(model);
      return (subject, batch, length) ->
          isOwn
              ? right.predict(subject, batch, length)
              : scaled(right.predict(subject, batch, length), 1.01);
    }
  }

  private static final class LenientAboutShapes extends FaultyFitter {
    @Override
    public LatencyPredictor open(CostModel model) {
      LatencyPredictor right = sound.open(model);
      return (subject, batch, length) ->
          right.predict(subject, Math.max(1, batch), Math.max(1, length));
    }
  }

  private static final class FitsNothing extends FaultyFitter {
    @Override
    public CostModel fit(List<Measurement> measurements) {
      return measurements.isEmpty() ? CostModel.getDefaultInstance() : sound.fit(measurements);
    }
  }

  private static final class StumblesOverOneShape extends FaultyFitter {
    @Override
    public CostModel fit(List<Measurement> measurements) {
      if (measurements.size() == 1) {
        throw new IllegalStateException("singular matrix");
      }
      return sound.fit(measurements);
    }
  }

  private static final class SilentJudge extends FaultyFitter {
    @Override
    public FitJudgement judge(List<Measurement> measurements, FitTrial trial, IntConsumer onSplit) {
      return sound.judge(measurements, trial, done -> {});
    }
  }

  private static final class RestlessJudge extends FaultyFitter {
    @Override
    public FitJudgement judge(List<Measurement> measurements, FitTrial trial, IntConsumer onSplit) {
      int splits = 1 + CALLS.incrementAndGet() % 2;
      return sound.judge(measurements, new FitTrial(trial.trainPoints(), splits), onSplit);
    }
  }

  /** Judges by looking up what was measured, also at shapes a fit must not have seen. */
  private static final class SeesAllShapes extends FaultyFitter {
    @Override
    public FitJudgement judge(List<Measurement> measurements, FitTrial trial, IntConsumer onSplit) {
      FaultyFitter peeking =
          new FaultyFitter() {
            @Override
            public LatencyPredictor open(CostModel model) {
              return (subject, batch, length) ->
                  new LatencyEstimate(
                      measured(measurements, batch, length),
                      OptionalDouble.empty(),
                      OptionalDouble.empty(),
                      Basis.MEASURED);
            }
          };
      return peeking.judge(measurements, trial, onSplit);
    }

    private static double measured(List<Measurement> measurements, int batch, int length) {
      return measurements.stream()
          .filter(m -> m.batch() == batch && m.length() == length)
          .mapToDouble(Measurement::medianNanos)
          .findFirst()
          .orElse(1);
    }
  }

  private static List<Method> clauses() {
    return Arrays.stream(CostModelFitterContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .toList();
  }

  static Stream<String> names() {
    return clauses().stream().map(Method::getName).sorted();
  }

  private static void run(String clause, CostModelFitter fitter) throws Throwable {
    CostModelFitterContract contract =
        new CostModelFitterContract() {
          @Override
          protected CostModelFitter create() {
            return fitter;
          }
        };
    Method method =
        clauses().stream().filter(each -> each.getName().equals(clause)).findFirst().orElseThrow();
    method.setAccessible(true);
    try {
      method.invoke(contract);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void everyClauseHasAFaultPlantedForIt() {
    assertThat(FAULTS.keySet()).containsExactlyInAnyOrderElementsOf(names().toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void theClauseFindsTheFault(String clause) {
    CostModelFitter faulty = Objects.requireNonNull(FAULTS.get(clause));
    assertThatThrownBy(() -> run(clause, faulty)).isInstanceOf(Throwable.class);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theClauseFindsNoFaultInASoundFitter(String clause) throws Throwable {
    run(clause, new FaultyFitter());
  }
}
