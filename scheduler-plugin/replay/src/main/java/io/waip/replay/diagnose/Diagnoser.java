package io.waip.replay.diagnose;

import io.waip.replay.diagnose.rule.EnsembleSteps;
import io.waip.replay.diagnose.rule.ModelCase;
import io.waip.replay.diagnose.rule.ModelRule;
import io.waip.replay.diagnose.rule.RecordRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges every cause for every model, and for the records. Causes that explain most come first;
 * what is left of a queue when no mistake explains it is judged last. Stateless, deterministic.
 */
public final class Diagnoser {
  /** Fewer requests are no measurement. */
  static final long LEAST_REQUESTS = 100;

  /** A cause that explains half of the waiting is worth trying before more hardware is. */
  private static final double MOST_OF_QUEUE = 0.5;

  private static final Comparator<Finding> MOST_FIRST =
      Comparator.comparingDouble((Finding finding) -> -finding.explained().share())
          .thenComparing(Finding::cause);

  private final Observed all;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Unknown> unknown = new ArrayList<>();

  private Diagnoser(Observed all) {
    this.all = all;
  }

  /** Returns what is found in what was observed. */
  public static Diagnosis diagnose(Observed all) {
    return new Diagnoser(all).run();
  }

  private Diagnosis run() {
    Set<String> code = stepsWithoutModels();
    for (ModelFigures model : all.models()) {
      if (!code.contains(model.name())) {
        judge(new ModelCase(model, all));
      }
    }
    all.records()
        .ifPresent(run -> RecordRule.ALL.forEach(rule -> rule.judge(run).ifPresent(findings::add)));
    if (all.records().isEmpty()) {
      unknown.add(missing("", Input.RECORDS));
    }
    findings.sort(MOST_FIRST);
    return new Diagnosis(stages(), findings, unknown);
  }

  /** Steps of ensembles that run code are judged as steps, with their ensemble. */
  private Set<String> stepsWithoutModels() {
    return all.models().stream()
        .map(model -> EnsembleSteps.of(model, all))
        .flatMap(steps -> steps.all().stream().filter(step -> !steps.models().contains(step)))
        .map(ModelFigures::name)
        .collect(Collectors.toSet());
  }

  private void judge(ModelCase model) {
    if (model.load().requests() + model.load().failed() < LEAST_REQUESTS) {
      return;
    }
    List<Input> missing = Arrays.stream(Input.values()).filter(each -> !has(model, each)).toList();
    List<Finding> found = new ArrayList<>(judge(model, ModelRule.FIRST, missing));
    if (found.stream().noneMatch(each -> each.cause().countedAs() == Stage.INFERENCE)) {
      found.addAll(judge(model, ModelRule.OF_EXECUTION, missing));
    }
    if (found.stream().noneMatch(each -> explainsQueue(model, each))) {
      judge(model, ModelRule.OF_QUEUE, missing).stream().findFirst().ifPresent(found::add);
    }
    findings.addAll(found);
    missing.stream()
        .filter(each -> each != Input.RECORDS)
        .forEach(each -> unknown.add(missing(model.figures().name(), each)));
  }

  private static List<Finding> judge(ModelCase model, List<ModelRule> rules, List<Input> missing) {
    return rules.stream()
        .filter(rule -> rule.cause().needs().stream().noneMatch(missing::contains))
        .flatMap(rule -> rule.judge(model).stream())
        .toList();
  }

  /**
   * Says whether a finding explains most of the waiting, by itself or because it slows all; batches
   * over the objective have a remedy that bounds the queue.
   */
  private static boolean explainsQueue(ModelCase model, Finding finding) {
    return finding.cause().countedAs() == Stage.QUEUE
        || finding.cause() == Cause.BATCH_OVER_OBJECTIVE
        || finding.explained().millis() >= MOST_OF_QUEUE * model.load().perRequest(Tallied.QUEUE);
  }

  private boolean has(ModelCase model, Input input) {
    ModelFigures figures = model.figures();
    Surroundings around = all.surroundings();
    return switch (input) {
      case STATISTICS -> true;
      case WINDOW -> figures.windowNanos().isPresent();
      case PHASES -> figures.phases().size() > 1;
      case CONFIGURATION -> figures.configuration().isPresent();
      case METRICS -> !around.metrics().isEmpty();
      case OBJECTIVE -> around.objectiveNanos().containsKey(figures.name());
      case CORES -> around.cores().isPresent();
      case RECORDS -> all.records().isPresent();
    };
  }

  private static Unknown missing(String of, Input input) {
    List<Cause> causes =
        Arrays.stream(Cause.values()).filter(cause -> cause.needs().contains(input)).toList();
    return new Unknown(of, input, causes);
  }

  private List<StageTimes> stages() {
    List<StageTimes> stages = new ArrayList<>();
    Set<String> steps =
        all.models().stream()
            .flatMap(model -> EnsembleSteps.of(model, all).all().stream())
            .map(ModelFigures::name)
            .collect(Collectors.toSet());
    for (ModelFigures model : all.models()) {
      boolean isCalled = !steps.contains(model.name()) && new ModelLoad(model).requests() > 0;
      if (isCalled) {
        stages.add(attributed(StageSplit.of(model, all)));
      }
    }
    all.records().map(StageSplit::of).ifPresent(stages::add);
    return stages;
  }

  private StageTimes attributed(StageTimes counted) {
    StageTimes times = counted;
    for (Finding finding : findings) {
      boolean isMoved = finding.cause().countedAs() != finding.cause().stage();
      if (isMoved && finding.explained().of().equals(times.of())) {
        times = times.attributed(finding);
      }
    }
    return times;
  }
}
