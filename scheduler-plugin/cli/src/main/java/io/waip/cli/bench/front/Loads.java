package io.waip.cli.bench.front;

import io.waip.cli.bench.load.LoadFigures;
import io.waip.cli.input.UserError;

/** What is asked of a load that nobody disturbs. */
final class Loads {
  private Loads() {}

  /**
   * Nobody is hurt, so nothing may go wrong.
   *
   * @throws UserError if a request was not answered rightly
   */
  static void requireClean(LoadFigures figures, String what) {
    if (figures.ok() != figures.sent() || figures.duplicated() > 0) {
      throw new UserError(
          "without any fault (%s) %d of %d requests were not answered rightly: %s"
              .formatted(
                  what, figures.sent() - figures.ok(), figures.sent(), figures.errorGroups()),
          "",
          "",
          "this is a defect of the front or of its target");
    }
  }
}
