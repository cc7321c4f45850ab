package io.waip.cli.plugin;

import io.waip.cli.input.UserError;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * A plug-in with its classes.
 *
 * @param place jar or folder, for messages
 * @param loader sees its jars and the contracts; stays open as long as the process, for classes may
 *     be loaded late
 */
record Plugin(Path place, ClassLoader loader) {
  /**
   * Opens a plug-in.
   *
   * @param jars at least one
   * @param contracts the loader that shows it the contracts
   * @throws UserError if a jar is none, the plug-in provides nothing, or was built for another
   *     version of the API
   */
  static Plugin open(List<Path> jars, ClassLoader contracts) {
    Path first = jars.getFirst();
    Path place = jars.size() == 1 ? first : first.resolveSibling("").toAbsolutePath();
    boolean provides = false;
    for (Path jar : jars) {
      provides |= !PluginJar.read(jar).contracts().isEmpty();
    }
    if (!provides) {
      throw new UserError(
          "provides nothing that is asked of plug-ins",
          place.toString(),
          "a file in META-INF/services named " + String.join(" or ", PluginJar.names().toList()),
          "add it, or put the jars of one plug-in into a folder of their own");
    }
    return new Plugin(place, new URLClassLoader(place.toString(), urls(jars), contracts));
  }

  private static URL[] urls(List<Path> jars) {
    URL[] urls = new URL[jars.size()];
    try {
      for (int i = 0; i < urls.length; i++) {
        urls[i] = jars.get(i).toUri().toURL();
      }
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
    return urls;
  }

  /**
   * Creates its providers of a contract; what they throw later names the plug-in.
   *
   * @throws UserError if one is missing, is no provider or cannot be created
   */
  <T> List<T> providers(Class<T> contract) {
    List<T> providers = new ArrayList<>();
    try {
      for (T provider : ServiceLoader.load(contract, loader)) {
        providers.add(Guard.around(contract, provider, this));
      }
    } catch (ServiceConfigurationError e) {
      throw unusable(contract, e.getCause() == null ? e : e.getCause());
    } catch (LinkageError e) {
      throw unusable(contract, e);
    }
    return providers;
  }

  private UserError unusable(Class<?> contract, Throwable fault) {
    UserError error =
        new UserError(
            "a provider of %s cannot be used: %s".formatted(contract.getSimpleName(), said(fault)),
            place.toString(),
            "a public class with a public constructor without parameters that does not throw",
            "check META-INF/services/%s in the jar".formatted(contract.getName()));
    error.initCause(fault);
    return error;
  }

  private static String said(Throwable fault) {
    Throwable cause = fault.getCause();
    if (fault instanceof ExceptionInInitializerError && cause != null) {
      return "its class cannot be initialised: " + cause;
    }
    return fault instanceof ServiceConfigurationError
        ? String.valueOf(fault.getMessage())
        : fault.toString();
  }
}
