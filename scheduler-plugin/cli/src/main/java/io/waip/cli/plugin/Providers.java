package io.waip.cli.plugin;

import io.waip.cli.input.Suggestion;
import io.waip.cli.input.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The providers of one contract by name: those of the product, then those of the plug-ins.
 *
 * @param <T> the contract
 */
public final class Providers<T> {
  private static final String NAME = "[a-z0-9][a-z0-9._-]*";
  private static final String BUILT_IN = "waip itself";

  private final String what;
  private final Function<T, String> nameOf;
  private final Map<String, T> byName = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();

  /**
   * Begins without one.
   *
   * @param what what one is called in messages
   */
  Providers(String what, Function<T, String> nameOf) {
    this.what = what;
    this.nameOf = nameOf;
  }

  void addBuiltIn(Iterable<T> providers) {
    providers.forEach(provider -> add(provider, BUILT_IN));
  }

  void addAll(List<T> providers, Plugin plugin) {
    providers.forEach(provider -> add(provider, plugin.place().toString()));
  }

  private void add(T provider, String place) {
    String name = nameOf.apply(provider);
    if (name == null || !name.matches(NAME)) {
      throw new UserError(
          "a %s is called '%s'".formatted(what, name),
          place,
          "lower-case letters, digits, '-', '_' and '.', beginning with a letter or digit",
          "tell its author");
    }
    String other = places.putIfAbsent(name, place);
    if (other != null) {
      throw new UserError(
          "two %ss are called '%s': one is of %s".formatted(what, name, other),
          place,
          "each name once",
          "remove one of the two from the plug-in path");
    }
    byName.put(name, provider);
  }

  /** Returns the names there are. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Returns all of them. */
  public List<T> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Returns the one of a name.
   *
   * @param option where the name was given
   * @throws UserError if there is none; it lists those there are
   */
  public T named(String option, String name) {
    T found = byName.get(name);
    if (found == null) {
      throw UserError.usage(
          "unknown %s '%s'".formatted(what, name),
          option,
          String.join(", ", names()),
          Suggestion.didYouMean(name, names()));
    }
    return found;
  }
}
