package io.waip.replay.diagnose.rule;

import io.waip.replay.diagnose.Cause;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Confidence;
import io.waip.replay.diagnose.Explained;
import io.waip.replay.diagnose.Finding;
import io.waip.replay.diagnose.ModelConfiguration;
import io.waip.replay.diagnose.Remedy;
import io.waip.replay.diagnose.Tallied;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Instances that run at once have together more threads than the processor has cores. */
final class ThreadOversubscriptionRule implements ModelRule {
  /** Backends that take as many threads as there are cores where none are configured. */
  private static final List<String> ALL_CORES_BY_DEFAULT =
      List.of("onnxruntime", "onnxruntime_onnx", "pytorch", "pytorch_libtorch", "openvino");

  @Override
  public Cause cause() {
    return Cause.THREAD_OVERSUBSCRIPTION;
  }

  @Override
  public Optional<Finding> judge(ModelCase model) {
    int cores = model.all().surroundings().cores().orElseThrow();
    int threads = threads(model.configuration(), cores);
    int wanted = model.configuration().instances() * threads;
    double share = 1 - (double) cores / wanted;
    double idle = Math.max(0, share) * model.load().perRequest(Tallied.COMPUTE_INFER);
    Explained explained = model.slowing(idle);
    boolean isIt =
        model.configuration().isOnProcessor() && wanted > cores && ModelCase.isWorth(explained);
    return isIt ? Optional.of(finding(model, threads, explained)) : Optional.empty();
  }

  private Finding finding(ModelCase model, int threads, Explained explained) {
    ModelConfiguration configuration = model.configuration();
    int cores = model.all().surroundings().cores().orElseThrow();
    int instances = Math.min(configuration.instances(), cores);
    List<Change> changes = new ArrayList<>();
    changes.add(
        Change.ofModel(
            model.name(), "parameters.intra_op_thread_count", Math.max(1, cores / instances)));
    if (instances < configuration.instances()) {
      changes.add(Change.ofModel(model.name(), "instance_group.count", instances));
    }
    return model.finding(
        cause(),
        Confidence.HIGH,
        explained,
        List.of(
            model.configured(
                "%d instances of %d threads%s, on %d cores",
                configuration.instances(),
                threads,
                configuration.threads().isPresent() ? "" : " (the backend's default)",
                cores),
            model.counted(
                "a request is executed for %.3g of %.3g ms",
                model.load().perRequest(Tallied.COMPUTE_INFER), model.load().totalMillis())),
        new Remedy("give all instances together as many threads as there are cores", changes));
  }

  private static int threads(ModelConfiguration configuration, int cores) {
    boolean takesAll = ALL_CORES_BY_DEFAULT.contains(configuration.backend());
    return configuration.threads().orElse(takesAll ? cores : 1);
  }
}
