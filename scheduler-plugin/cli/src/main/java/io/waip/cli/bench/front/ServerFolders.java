package io.waip.cli.bench.front;

import io.waip.cli.input.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders one server is started on, made below a work folder: the stock Python backend, the
 * backend {@code waip} with a runtime of its own that may be broken, the model repository and the
 * planner's configuration.
 */
final class ServerFolders {
  /** Models by what they do: answer at once, or take about as long as a small real model. */
  static final String ECHO = "echo";

  static final String WORK = "work";
  static final String FRONT = "front_";

  private static final List<String> TARGETS = List.of(ECHO, WORK);
  private static final int ELEMENTS = 16;
  private static final int MAX_BATCH = 8;

  private final Path work;
  private final boolean fronted;

  private ServerFolders(Path work, boolean fronted) {
    this.work = work;
    this.fronted = fronted;
  }

  /**
   * Makes the folders.
   *
   * @param backend the folder {@code waip} as it is put into a backend directory; null: no front,
   *     and each front model is a second copy of its target
   */
  static ServerFolders make(Path work, ServerFiles files, @Nullable Path backend)
      throws IOException {
    ServerFolders folders = new ServerFolders(work, backend != null);
    folders.linkPythonBackend(files);
    if (backend != null) {
      folders.copyBackend(backend);
      Files.writeString(folders.config(), PLANNER_CONFIG);
    }
    for (String target : TARGETS) {
      folders.writeTarget(target, target, files.packages());
      if (backend == null) {
        folders.writeTarget(FRONT + target, target, files.packages());
      } else {
        folders.writeFront(target);
      }
    }
    return folders;
  }

  Path repository() {
    return work.resolve("models");
  }

  Path backends() {
    return work.resolve("backends");
  }

  /** The program the front starts as its planner. */
  Path planner() {
    return runtime().resolve("bin/waip-planner");
  }

  Path runtime() {
    return work.resolve("runtime");
  }

  private Path config() {
    return work.resolve("waip.yaml");
  }

  Path log() {
    return work.resolve("server.log");
  }

  boolean isFronted() {
    return fronted;
  }

  List<String> models() {
    return TARGETS.stream().flatMap(target -> Stream.of(target, FRONT + target)).toList();
  }

  private void linkPythonBackend(ServerFiles files) throws IOException {
    Path python = Files.createDirectories(backends().resolve("python"));
    Path stock = files.server().resolve("backends/python");
    for (String name : List.of("libtriton_python.so", "triton_python_backend_utils.py")) {
      Files.createSymbolicLink(python.resolve(name), stock.resolve(name).toAbsolutePath());
    }
    // A link: the program finds its libraries from where it really lies.
    Files.createSymbolicLink(python.resolve(files.stub().getFileName()), files.stub());
  }

  private void copyBackend(Path backend) throws IOException {
    Path waip = Files.createDirectories(backends().resolve("waip"));
    Files.createSymbolicLink(
        waip.resolve("libtriton_waip.so"), backend.resolve("libtriton_waip.so").toAbsolutePath());
    copyTree(backend.resolve("runtime"), runtime());
    MemoryHogPlant.plant(runtime());
  }

  /** Copies with times: the AOT cache compares those of the jars. */
  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            to.resolve(from.relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private void writeTarget(String name, String kind, Path packages) throws IOException {
    Path version = Files.createDirectories(repository().resolve(name).resolve("1"));
    Files.writeString(
        version.resolve("model.py"),
        MODEL_PY.replace("@PACKAGES@", packages.toString()).replace("@WORKS@", works(kind)));
    Files.writeString(
        repository().resolve(name).resolve("config.pbtxt"),
        "backend: \"python\"\n"
            + interfaceOf()
            + "instance_group { kind: KIND_CPU count: 1 }\ndynamic_batching { }\n");
  }

  private static String works(String kind) {
    return kind.equals(WORK) ? "True" : "False";
  }

  private void writeFront(String target) throws IOException {
    Path front = repository().resolve(FRONT + target);
    Files.createDirectories(front.resolve("1"));
    StringBuilder config = new StringBuilder("backend: \"waip\"\n").append(interfaceOf());
    parameter(config, "target", target);
    parameter(config, "planner_config", config().toString());
    parameter(config, "runtime", runtime().toString());
    // A fault every few seconds would drive the pause between starts to its usual 10 s.
    parameter(config, "backoff_max", "1s");
    Files.writeString(front.resolve("config.pbtxt"), config.toString());
  }

  private static void parameter(StringBuilder config, String key, String value) {
    config.append(
        "parameters { key: \"%s\" value { string_value: \"%s\" } }%n".formatted(key, value));
  }

  private static String interfaceOf() {
    return """
    max_batch_size: %d
    input { name: "INPUT" data_type: TYPE_INT64 dims: [ %d ] }
    output { name: "OUTPUT" data_type: TYPE_INT64 dims: [ %d ] }
    """
        .formatted(MAX_BATCH, ELEMENTS, ELEMENTS);
  }

  /** Finds the backend folder that the build makes; empty when it was not built. */
  static Optional<Path> builtBackend() {
    Path code =
        Path.of(ServerFolders.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    for (Path folder = code; folder != null; folder = folder.getParent()) {
      Path built = folder.resolve("triton/waip");
      if (Files.exists(built.resolve("libtriton_waip.so"))) {
        return Optional.of(built);
      }
    }
    return Optional.empty();
  }

  /**
   * Checks a backend folder.
   *
   * @throws UserError if it is none
   */
  static Path checkBackend(Path folder) {
    for (String name : List.of("libtriton_waip.so", "runtime/bin/waip-planner")) {
      if (!Files.exists(folder.resolve(name))) {
        throw new UserError(
            "no " + name + " in " + folder,
            "--backend",
            "the folder waip of the packaged backend",
            "make it with './waip verify -Pdist -DskipTests', or name another");
      }
    }
    return folder;
  }

  /**
   * No refusals: the objective is far above any latency here, so that an error in the account is
   * never one the planner was asked for.
   */
  private static final String PLANNER_CONFIG =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      mode: act
      services:
        - name: front_echo
          objective: { tier: interactive, latency: 60s, percentile: 99 }
          variants:
            - { model: echo, quality: 1.0 }
        - name: front_work
          objective: { tier: interactive, latency: 60s, percentile: 99 }
          variants:
            - { model: work, quality: 1.0 }
      """;

  /**
   * Answers the input. A working model takes 10 ms and 1 ms for each row, asleep: like an
   * accelerator's, its time does not depend on what else the processor does.
   */
  private static final String MODEL_PY =
      """
      import sys
      import time

      # The Python backend of the stock server does not look at PYTHONPATH.
      sys.path.insert(0, "@PACKAGES@")

      import triton_python_backend_utils as pb


      class TritonPythonModel:
          def execute(self, requests):
              inputs = [pb.get_input_tensor_by_name(r, "INPUT").as_numpy() for r in requests]
              if @WORKS@:
                  time.sleep(0.010 + 0.001 * sum(len(rows) for rows in inputs))
              return [pb.InferenceResponse([pb.Tensor("OUTPUT", rows)]) for rows in inputs]
      """;
}
