package io.waip.cli;

import static io.waip.cli.PluginSources.FITTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cli.runtime.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code waip fit} with plug-ins. */
class FitPluginTest {
  @TempDir private Path folder;
  private Path plugins = Path.of("");
  private Path table = Path.of("");
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    StringBuilder rows =
        new StringBuilder("time_stats.emb.median,num_tokens,num_tensor_parallel_workers\n");
    for (int i = 1; i <= 12; i++) {
      rows.append(String.format(Locale.ROOT, "%.6f,%d,1%n", 1 + 0.16 * i, 16 * i));
    }
    table = Files.writeString(folder.resolve("table.csv"), rows);
  }

  private int fit(Object... args) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine commandLine = Main.commandLine(new Cancellation());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    Stream<String> all = Stream.concat(Stream.of("fit"), Stream.of(args).map(Object::toString));
    return Main.execute(commandLine, all.toArray(String[]::new));
  }

  private int fitWith(Path path) {
    return fit("--plugin-path", path, "--input", table, "--seeds", 2);
  }

  private int fitBy(String fitter) {
    return fit("--plugin-path", plugins, "--input", table, "--seeds", 2, "--fitter", fitter);
  }

  /** Says what is wrong in one line, and ends so with the plug-in on the path. */
  private void assertRefused(String... parts) {
    assertThat(fitWith(plugins)).isEqualTo(1);
    assertOneErrorLine(parts);
  }

  private void assertOneErrorLine(String... parts) {
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(parts).doesNotContain("internal error");
  }

  @Test
  void fitsJudgesAndComparesWithAFitterFromAJar() throws IOException {
    Path jar = PluginSources.fitter("mean").jar(plugins.resolve("mean.jar"));
    Path mean = folder.resolve("mean.model");
    Path roofline = folder.resolve("roofline.model");

    assertThat(
            fit("--plugin-path", plugins, "--input", table, "--fitter", "mean", "--output", mean))
        .as(err.toString())
        .isZero();
    assertThat(mean).content().contains("fitter: \"mean\"");
    assertThat(fit("--input", table, "--output", roofline)).isZero();

    assertThat(fit("--plugin-path", plugins, "--diff", mean, roofline)).isZero();
    assertThat(out.toString()).contains("table WHOLE", "B differs from A");

    Files.delete(jar);
    assertThat(fit("--diff", mean, roofline)).isEqualTo(1);
    assertOneErrorLine(mean.toString(), "fitter 'mean'", "the fitters are roofline");
  }

  @Test
  void thePlugInIsOnlyUsedWhereItIsNamed() throws IOException {
    PluginSources.fittingAfter("if (true) throw new IllegalStateException();")
        .jar(plugins.resolve("bad.jar"));

    assertThat(fitWith(plugins)).as(err.toString()).isZero();
  }

  @Test
  void listsTheFittersThereAre() throws IOException {
    PluginSources.fitter("mean").jar(plugins.resolve("mean.jar"));

    assertThat(fitBy("maen")).isEqualTo(2);
    assertOneErrorLine(
        "--fitter: unknown fitter 'maen'", "allowed: roofline, mean", "did you mean 'mean'?");
  }

  @Test
  void seesTheContractsAndNothingElseOfTheCommandLine() throws IOException {
    String look =
        """
        for (String hidden : List.of("io.waip.cli.Main", "io.waip.cost.RooflineFitter",
            "picocli.CommandLine", "com.fasterxml.jackson.databind.ObjectMapper")) {
          try {
            return Class.forName(hidden) + " is seen";
          } catch (ClassNotFoundException e) {
            continue;
          }
        }
        return getClass().getResource("/META-INF/services/io.waip.api.cost.LatencyCorrectionFactory")
            == null ? "alone" : "resource";
        """;
    PluginSources.mean(look, "", "").jar(plugins.resolve("mean.jar"));

    assertThat(fitBy("alone")).as(err.toString()).isZero();
  }

  @Test
  void bringsItsOwnVersionOfALibraryInAFolderOfItsOwn() throws IOException {
    Path own = Files.createDirectory(plugins.resolve("own"));
    String library = "package picocli; public class CommandLine { public String mine; }";
    new PluginSources()
        .source("picocli.CommandLine", library)
        .version(null)
        .jar(own.resolve("lib.jar"));
    String ask =
        """
        try {
          return Class.forName("picocli.CommandLine").getField("mine").getName();
        } catch (ReflectiveOperationException e) {
          return e.toString();
        }
        """;
    PluginSources.mean(ask, "", "").jar(own.resolve("mean.jar"));

    assertThat(fitBy("mine")).as(err.toString()).isZero();
  }

  @Test
  void runsWithItsOwnContextClassLoader() throws IOException {
    String ask =
        "return Thread.currentThread().getContextClassLoader() == getClass().getClassLoader()"
            + " ? \"own\" : \"other\";";
    PluginSources.mean(ask, "", "").jar(plugins.resolve("mean.jar"));
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    assertThat(fitBy("own")).as(err.toString()).isZero();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void readsAFormOfAPlugIn() throws IOException {
    String reader =
        """
        package acme;
        import io.waip.api.measurement.*;
        import java.nio.file.*;
        import java.util.*;
        public class Words implements MeasurementReader {
          public String name() { return "words"; }
          public boolean recognises(Path file, String head) { return head.startsWith("words"); }
          public List<Measurement> read(Path file) {
            List<Measurement> all = new ArrayList<>();
            for (int i = 1; i < 9; i++) {
              all.add(new Measurement(new Subject("w", Phase.WHOLE, "", 1, 0), 1, i, 1e6 * i,
                  OptionalDouble.empty(), 1, new Source(file.toString(), 1)));
            }
            return all;
          }
        }
        """;
    new PluginSources()
        .source("acme.Words", reader)
        .service("io.waip.api.measurement.MeasurementReader", "acme.Words")
        .jar(plugins.resolve("words.jar"));
    Path words = Files.writeString(folder.resolve("w.txt"), "words");

    assertThat(fit("--plugin-path", plugins, "--input", words, "--seeds", 1)).isZero();
    assertThat(out.toString()).contains("8 measurements", "w WHOLE");
  }

  @Test
  void refusesAFolderThatIsNone() throws IOException {
    assertThat(fitWith(folder.resolve("none"))).isEqualTo(1);
    assertOneErrorLine("--plugin-path: '" + folder.resolve("none") + "' does not exist");

    assertThat(fitWith(table)).isEqualTo(1);
    assertOneErrorLine("table.csv' is no folder");

    assertRefused("holds no jar", "a folder with a jar for each plug-in");

    Files.createDirectory(plugins.resolve("empty"));
    assertRefused("empty' holds no jar");
  }

  @Test
  void passesOverNamesWithADotAndOtherFiles() throws IOException {
    PluginSources.fitter("mean").jar(plugins.resolve("mean.jar"));
    Files.createDirectory(plugins.resolve("..data"));
    Files.writeString(plugins.resolve("README.md"), "what lies here");

    assertThat(fitBy("mean")).as(err.toString()).isZero();
  }

  @Test
  void refusesAJarThatIsNone() throws IOException {
    Files.writeString(plugins.resolve("x.jar"), "hello");

    assertRefused("x.jar: cannot be read as a jar", "remedy: ");
  }

  @Test
  void refusesAJarBuiltForAnotherVersionOfTheApi() throws IOException {
    Path jar = plugins.resolve("mean.jar");
    PluginSources.fitter("mean").version("2").jar(jar);
    assertRefused("mean.jar: was built for version '2'", "allowed: Waip-Api-Version: 1");

    PluginSources.fitter("mean").version(null).jar(jar);
    assertRefused("does not say which version", "allowed: Waip-Api-Version: 1");
  }

  @Test
  void refusesAJarThatProvidesNothing() throws IOException {
    PluginSources.fitter("mean").withoutServices().jar(plugins.resolve("mean.jar"));
    assertRefused("mean.jar: provides nothing that is asked of plug-ins", FITTER);
  }

  @Test
  void refusesAServiceThatNobodyAsksFor() throws IOException {
    PluginSources.fitter("mean")
        .withoutServices()
        .service("io.waip.api.cost.CostModelFiter", "acme.Mean")
        .jar(plugins.resolve("mean.jar"));

    assertRefused("provides 'io.waip.api.cost.CostModelFiter'", "did you mean '" + FITTER + "'?");
  }

  @Test
  void refusesAProviderThatIsMissing() throws IOException {
    PluginSources.fitter("mean").service(FITTER, "acme.Man").jar(plugins.resolve("mean.jar"));

    assertRefused(
        "mean.jar: a provider of CostModelFitter cannot be used",
        "acme.Man not found",
        "check META-INF/services/" + FITTER);
  }

  @Test
  void refusesAProviderOfSomethingElse() throws IOException {
    PluginSources.fitter("mean")
        .service(FITTER, "acme.Text")
        .source("acme.Text", "package acme; public class Text {}")
        .jar(plugins.resolve("mean.jar"));

    assertRefused("acme.Text not a subtype");
  }

  @Test
  void refusesAProviderThatCannotBeCreated() throws IOException {
    Path jar = plugins.resolve("mean.jar");
    PluginSources.mean(
            "return \"mean\";",
            "public Mean() { throw new IllegalStateException(\"no GPU\"); }",
            "")
        .jar(jar);
    assertRefused("mean.jar: ", "java.lang.IllegalStateException: no GPU");

    PluginSources.mean("return \"mean\";", "public Mean(int i) {}", "").jar(jar);
    assertRefused("mean.jar: ", "constructor without parameters");

    PluginSources.mean(
            "return \"mean\";", "static { int zero = 0; System.out.print(1 / zero); }", "")
        .jar(jar);
    assertRefused("mean.jar: ", "ArithmeticException");
  }

  @Test
  void refusesTwoFittersOfOneName() throws IOException {
    PluginSources.fitter("mean").jar(plugins.resolve("a.jar"));
    Path second = PluginSources.fitter("mean").jar(plugins.resolve("b.jar"));
    assertRefused("b.jar: two fitters are called 'mean'", "a.jar");

    Files.delete(second);
    PluginSources.fitter("roofline").jar(plugins.resolve("b.jar"));
    assertRefused("b.jar: two fitters are called 'roofline': one is of waip itself");
  }

  @Test
  void refusesANameThatCannotBeTyped() throws IOException {
    Path jar = plugins.resolve("mean.jar");
    PluginSources.fitter("My mean").jar(jar);
    assertRefused("a fitter is called 'My mean'", "lower-case letters");

    PluginSources.mean("return null;", "", "").jar(jar);
    assertRefused("a fitter is called 'null'");

    PluginSources.mean("throw new IllegalStateException(\"late\");", "", "").jar(jar);
    assertRefused("mean.jar: the plug-in failed in CostModelFitter.name", "late");
  }

  @Test
  void namesThePlugInThatFails() throws IOException {
    Path jar = plugins.resolve("mean.jar");
    PluginSources.fittingAfter("if (true) throw new IllegalStateException(\"two\\nlines\");")
        .jar(jar);
    assertThat(fitBy("mean")).isEqualTo(1);
    assertOneErrorLine(
        "mean.jar: the plug-in failed in CostModelFitter.judge", "two lines", "tell its author");

    PluginSources.fittingAfter("if (true) throw new NoSuchMethodError(\"gone\");").jar(jar);
    assertThat(fitBy("mean")).isEqualTo(1);
    assertOneErrorLine("NoSuchMethodError: gone", "build it against the waip-plugin-api");
  }

  @Test
  void passesOnWhatAFitterSaysOfTheMeasurements() throws IOException {
    PluginSources.fittingAfter(
            "if (true) throw new MeasurementFormatException(new Source(\"t.csv\", 3), \"1 point\","
                + " \"2\", \"measure\");")
        .jar(plugins.resolve("mean.jar"));

    assertThat(fitBy("mean")).isEqualTo(1);
    assertOneErrorLine("t.csv:3: 1 point; allowed: 2; remedy: measure");
  }
}
