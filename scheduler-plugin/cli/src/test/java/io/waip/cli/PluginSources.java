package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A jar of a plug-in, compiled from text. */
final class PluginSources {
  static final String FITTER = "io.waip.api.cost.CostModelFitter";

  /** A fitter that predicts the mean of all points; {@code NAME} and {@code FIT} are put in. */
  private static final String MEAN =
      """
      package acme;
      import io.waip.api.cost.*;
      import io.waip.api.measurement.*;
      import io.waip.api.v1.*;
      import java.util.*;
      public class Mean implements CostModelFitter {
        CTOR
        public String name() { NAME }
        public CostModel fit(List<Measurement> measurements) {
          FIT
          CostModel.Builder model = CostModel.newBuilder().setFormatVersion(1).setFitter(name());
          MeasuredShape.bySubject(measurements).forEach((subject, shapes) -> {
            VariantCost.Builder variant = model.addVariantsBuilder()
                .setVariant(subject.variant()).setPhase(subject.phase().name())
                .setDevice(subject.device()).setTensorParallel(subject.tensorParallel())
                .setThreads(subject.threads());
            for (MeasuredShape s : shapes) {
              variant.addPointsBuilder().setBatch(s.batch()).setLength(s.length())
                  .setMedianNanos(s.nanos()).setSamples(s.samples());
            }
          });
          return model.build();
        }
        public LatencyPredictor open(CostModel model) {
          double mean = model.getVariantsList().stream().flatMap(v -> v.getPointsList().stream())
              .mapToDouble(p -> p.getMedianNanos()).average().orElseThrow();
          return (subject, batch, length) -> new LatencyEstimate(
              mean, OptionalDouble.empty(), OptionalDouble.empty(), LatencyEstimate.Basis.MEASURED);
        }
      }
      """;

  private final Map<String, String> classes = new LinkedHashMap<>();
  private final Map<String, String> services = new LinkedHashMap<>();
  private @Nullable String version = "1";

  /** A plug-in with a sound fitter of that name. */
  static PluginSources fitter(String name) {
    return mean("return \"" + name + "\";", "", "");
  }

  /** A plug-in with a fitter that runs a statement before it fits. */
  static PluginSources fittingAfter(String statement) {
    return mean("return \"mean\";", "", statement);
  }

  /** A plug-in with a fitter whose constructor, and whose answer to its name, are these. */
  static PluginSources mean(String name, String constructor, String fit) {
    String code = MEAN.replace("NAME", name).replace("CTOR", constructor).replace("FIT", fit);
    return new PluginSources().source("acme.Mean", code).service(FITTER, "acme.Mean");
  }

  PluginSources source(String type, String code) {
    classes.put(type, code);
    return this;
  }

  PluginSources service(String contract, String provider) {
    services.put(contract, provider);
    return this;
  }

  PluginSources withoutServices() {
    services.clear();
    return this;
  }

  PluginSources version(@Nullable String number) {
    version = number;
    return this;
  }

  /** Compiles and packs. */
  Path jar(Path file) throws IOException {
    Path compiled = Files.createTempDirectory(file.toAbsolutePath().getParent(), ".classes");
    compile(compiled);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (version != null) {
      manifest.getMainAttributes().putValue("Waip-Api-Version", version);
    }
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(compiled)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(compiled.relativize(each).toString()));
        jar.write(Files.readAllBytes(each));
      }
      for (Map.Entry<String, String> service : services.entrySet()) {
        jar.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
        jar.write(service.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private void compile(Path into) {
    if (classes.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Code> units =
        classes.entrySet().stream().map(e -> new Code(e.getKey(), e.getValue())).toList();
    StringWriter errors = new StringWriter();
    // Only what a plug-in may see, and its own classes before those.
    List<String> options = List.of("-d", into.toString(), "-proc:none");
    assertThat(compiler.getTask(errors, null, null, options, null, units).call())
        .as(errors.toString())
        .isTrue();
  }

  private static final class Code extends SimpleJavaFileObject {
    private final String text;

    Code(String type, String text) {
      super(
          URI.create("string:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
