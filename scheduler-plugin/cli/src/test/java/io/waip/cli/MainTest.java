package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.cli.input.UserError;
import io.waip.cli.runtime.Cancellation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A delivered command that fails as its test wants. */
  @Command(name = "demo", mixinStandardHelpOptions = true)
  private static final class FailingCommand implements Callable<Integer> {
    @Option(names = "--seconds")
    private int seconds;

    @Option(names = "--slo")
    private @Nullable Duration slo;

    private final @Nullable Throwable failure;

    FailingCommand(@Nullable Throwable failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (failure instanceof Exception e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      return seconds + (slo == null ? 0 : (int) slo.toMillis());
    }
  }

  private int run(CommandLine commandLine, String... args) {
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.execute(commandLine, args);
  }

  private int runMain(String... args) {
    return run(Main.commandLine(new Cancellation()), args);
  }

  private int runFailing(@Nullable Throwable failure, boolean debug, String... args) {
    CommandTable table = new CommandTable().deliver("demo", new FailingCommand(failure));
    return run(table.build(new ErrorLines(debug)), args);
  }

  private String oneErrorLine() {
    assertThat(err.toString()).endsWith("\n").doesNotContain("\tat ");
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString();
  }

  @Test
  void versionNamesProductAndJdk() {
    assertThat(runMain("--version")).isZero();

    assertThat(out.toString()).matches("waip \\d+\\.\\d+\\.\\d+\\S* \\(JDK 25.*\\)\\R");
  }

  @Test
  void helpListsEveryCommandOfTheProduct() {
    assertThat(runMain("--help")).isZero();

    assertThat(out.toString()).contains(CommandTable.names());
  }

  @Test
  void noCommandIsAWrongCallThatShowsTheUsage() {
    assertThat(runMain()).isEqualTo(2);

    assertThat(err.toString()).startsWith("Usage: waip");
  }

  @Test
  void aMistypedCommandIsAWrongCallWithASuggestion() {
    assertThat(runMain("replya")).isEqualTo(2);

    assertThat(oneErrorLine()).contains("unknown command 'replya'", "did you mean 'replay'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate", "support-bundle", "epp"})
  void aCommandNotDeliveredYetSaysSoInOneLine(String name) {
    assertThat(runMain(name, "--config", "waip.yaml", "extra")).isEqualTo(1);

    assertThat(oneErrorLine())
        .startsWith("waip " + name + ": command '" + name + "' is not delivered yet")
        .contains("the delivered commands ", "verify");
  }

  @Test
  void everyCommandAnswersToHelpOrSaysItIsNotDelivered() {
    CommandLine commandLine = Main.commandLine(new Cancellation());
    for (CommandLine command : commandLine.getSubcommands().values()) {
      if (!(command.getCommand() instanceof PendingCommand)) {
        assertThat(command.getCommandSpec().optionsMap()).containsKey("--help");
      }
    }
    assertThat(commandLine.getSubcommands()).containsOnlyKeys(CommandTable.names());
  }

  @Test
  void verifyPointsToTheLauncher() {
    assertThat(runMain("verify", "-Poutside")).isEqualTo(1);

    assertThat(oneErrorLine()).contains("./waip verify -Poutside");
  }

  @Test
  void tritonPointsToTheLauncher() {
    assertThat(runMain("triton", "bypass", "on")).isEqualTo(1);

    assertThat(oneErrorLine()).contains("./waip triton bypass on", "bin/waip-triton");
  }

  @Test
  void aNumberThatIsNoneIsAWrongCall() {
    assertThat(runFailing(null, false, "demo", "--seconds", "abc")).isEqualTo(2);

    assertThat(oneErrorLine()).contains("--seconds", "'abc'", "see 'waip demo --help'");
  }

  @Test
  void aDurationWithoutAUnitIsAWrongCall() {
    assertThat(runFailing(null, false, "demo", "--slo", "50")).isEqualTo(2);

    assertThat(oneErrorLine()).contains("--slo", "'50'", "50ms");
  }

  @Test
  void aDurationWithAUnitIsRead() {
    assertThat(runFailing(null, false, "demo", "--slo", "50ms")).isEqualTo(50);
  }

  @Test
  void aMistypedOptionIsAWrongCallWithASuggestion() {
    assertThat(runFailing(null, false, "demo", "--secnods", "3")).isEqualTo(2);

    assertThat(oneErrorLine()).contains("unknown option '--secnods'", "did you mean '--seconds'?");
  }

  @Test
  void aStrayArgumentIsAWrongCall() {
    assertThat(runFailing(null, false, "demo", "20")).isEqualTo(2);

    assertThat(oneErrorLine()).contains("unknown argument '20'");
  }

  @Test
  void aUserErrorEndsWithItsOwnCode() {
    assertThat(runFailing(new UserError("no model", "m.onnx", "", ""), false, "demo")).isEqualTo(1);
    assertThat(oneErrorLine()).isEqualTo("waip demo: m.onnx: no model" + System.lineSeparator());
  }

  @Test
  void aUserErrorIsFoundInsideTheExceptionThatCarriesIt() {
    UserError inner = UserError.usage("load is 0", "--load", "above 0", "");

    assertThat(runFailing(new IllegalStateException(inner), false, "demo")).isEqualTo(2);
    assertThat(oneErrorLine()).contains("--load: load is 0; allowed: above 0");
  }

  @Test
  void aDefectIsOneLineThatSaysHowToGetTheTrace() {
    assertThat(runFailing(new IllegalStateException("two\nlines"), false, "demo")).isEqualTo(1);

    assertThat(oneErrorLine()).contains("internal error", "two lines", "WAIP_DEBUG=1");
  }

  @Test
  void anErrorOfTheJvmIsOneLineToo() {
    assertThat(runFailing(new UnsatisfiedLinkError("libx.so"), false, "demo")).isEqualTo(1);

    assertThat(oneErrorLine()).contains("internal error", "libx.so");
  }

  @Test
  void debugModeAddsTheTrace() {
    assertThat(runFailing(new IllegalStateException("broken"), true, "demo")).isEqualTo(1);

    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void aTableRefusesUnknownAndRepeatedCommands() {
    CommandTable table = new CommandTable().deliver("demo", new FailingCommand(null));

    assertThatThrownBy(() -> table.deliver("demo", new FailingCommand(null)))
        .hasMessageContaining("delivered twice");
    assertThatThrownBy(() -> table.deliver("dmeo", new FailingCommand(null)))
        .hasMessageContaining("no command of the product");
  }
}
