package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.tritonserver.global.tritonserver;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The front in the real core under load, in a process without Java ({@code core_suite.c}), in every
 * build of the C part: with a planner's process that is killed, models that come and go, a bypass,
 * clients that leave, and the server's end.
 */
@ExtendWith(TritonCore.class)
@Timeout(180)
class FrontOnCoreTest {
  private static final String CORE = "/org/bytedeco/tritonserver/linux-x86_64/libtritonserver.so";

  /** Requests of each of the four clients. */
  private static final String CALLS = "1500";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void answersEveryRequestAsItMust(NativeBuild build) throws Exception {
    NativeBuild.Ended ended = run(build, build.front(""));
    assertThat(ended).matches(NativeBuild.Ended::isSound);
    assertThat(ended.output()).contains("core_suite: ");
  }

  @ParameterizedTest
  @CsvSource({
    "RELEASE, neighbour, another answer than its own",
    "ADDRESS, overread, AddressSanitizer: heap-buffer-overflow",
    // Another thread may have the parent by the time of the report, which then gives another name.
    "ADDRESS, stale, in waip_parent_close",
    "ADDRESS, overflow, runtime error: signed integer overflow",
    "ADDRESS, leak, LeakSanitizer: detected memory leaks",
    "THREAD, race, ThreadSanitizer: data race",
  })
  void failsWithAPlantedFault(NativeBuild build, String fault, String message) throws Exception {
    NativeBuild.Ended ended = run(build, build.front(fault));
    assertThat(ended.output() + ended.reports()).contains(message);
    assertThat(ended).matches(outcome -> !outcome.isSound());
  }

  private NativeBuild.Ended run(NativeBuild build, Path front) throws Exception {
    Path control = folder.resolve("control");
    try (ModelRepository repository = repository(build, front, control)) {
      List<String> command = new ArrayList<>();
      command.add(build.file("test/run_core_host").toString());
      for (String standIn : TritonLibrary.REPLACEABLE) {
        command.add(build.file("standin/" + standIn).toString());
      }
      command.add(core().toString());
      command.add(build.file("test/libcore_suite.so").toString());
      command.addAll(
          List.of(
              "--",
              repository.models().toString(),
              repository.backends().toString(),
              control.toString(),
              CALLS));
      return build
          .run(command, "", Files.createDirectory(folder.resolve("run")))
          .sifted(RaceReports::withoutTheCore);
    }
  }

  private Path core() throws IOException {
    Path core = folder.resolve("libtritonserver.so");
    try (InputStream packed = tritonserver.class.getResourceAsStream(CORE)) {
      Files.copy(Objects.requireNonNull(packed, CORE), core);
    }
    return core;
  }

  /** The fake planner serves fronts over variant_0 and variant_1. */
  private ModelRepository repository(NativeBuild build, Path front, Path control)
      throws IOException {
    Path runtime = folder.resolve("runtime");
    Path programs = Files.createDirectories(runtime.resolve("bin"));
    Files.createSymbolicLink(programs.resolve("waip-planner"), build.file("test/fake_planner"));
    ModelRepository repository =
        ModelRepository.temporary()
            .addBackend(Identity.BACKEND, build.file("test/libtriton_identity.so"))
            .addBackend(ModelRepository.WAIP_BACKEND, front);
    for (String variant : List.of("variant_0", "variant_1")) {
      repository.add(
          tensors(ModelConfig.builder(variant, Identity.BACKEND), -1).instances(2).build());
    }
    for (String name : List.of("fixed", "variable", "guest", "direct")) {
      ModelConfig.Builder model = ModelConfig.builder(name, ModelRepository.WAIP_BACKEND);
      tensors(model, name.equals("fixed") ? 4 : -1)
          .parameter("planner_config", "none")
          .parameter("runtime", runtime.toString())
          .parameter("control_folder", control.toString())
          .parameter("backoff_min", "10ms")
          .parameter("backoff_max", "20ms");
      repository.add(
          (name.equals("direct")
                  ? model.parameter("mode", "direct")
                  : model.parameter("target", "variant_0"))
              .build());
    }
    return repository;
  }

  private static ModelConfig.Builder tensors(ModelConfig.Builder model, long length) {
    return model
        .maxBatchSize(8)
        .input(TensorSpec.of("IN0", TensorType.FP32, length))
        .output(TensorSpec.of("OUT0", TensorType.FP32, length));
  }
}
