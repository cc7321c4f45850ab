package io.waip.cli.config;

import io.waip.cli.input.UserError;

/**
 * A value of the configuration, for errors that show only when it is used.
 *
 * @param where file and line
 * @param what key and value, as {@code 'key: value'}
 */
public record ConfigPlace(String where, String what) {
  /** Returns an error at this place; the complaint goes on after the value. */
  public UserError problem(String complaint, String allowed, String remedy) {
    return new UserError(what + " " + complaint, where, allowed, remedy);
  }

  /** Returns what went wrong with the value as an error that names this place as well. */
  public UserError problem(UserError cause) {
    UserError error = new UserError(what + ": " + cause.line(), where, "", "");
    error.initCause(cause);
    return error;
  }
}
