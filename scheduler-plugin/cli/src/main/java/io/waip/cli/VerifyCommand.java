package io.waip.cli;

import io.waip.cli.input.UserError;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code waip verify} when it reaches Java: the launcher runs Maven for it, Java cannot. */
@Command(name = "verify", mixinStandardHelpOptions = true)
final class VerifyCommand implements Runnable {

  @Unmatched private List<String> mavenArguments = new ArrayList<>();

  @Override
  public void run() {
    throw new UserError(
        "the tests are run by the launcher, not by this class",
        "",
        "",
        "call './waip verify " + String.join(" ", mavenArguments) + "' in the checkout");
  }
}
