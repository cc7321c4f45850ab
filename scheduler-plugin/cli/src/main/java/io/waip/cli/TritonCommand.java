package io.waip.cli;

import io.waip.cli.input.UserError;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code waip triton} when it reaches Java: the launcher answers it with a shell script, so that
 * the switch of a server works where Java does not.
 */
@Command(name = "triton", mixinStandardHelpOptions = true)
final class TritonCommand implements Runnable {

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public void run() {
    throw new UserError(
        "a running server is switched by the launcher, not by this class",
        "",
        "",
        "call './waip triton "
            + String.join(" ", arguments)
            + "' in the checkout, or bin/waip-triton"
            + " in the backend folder");
  }
}
