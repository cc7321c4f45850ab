package io.waip.cli.plugin;

import io.waip.api.cost.LatencyPredictor;
import io.waip.api.measurement.MeasurementFormatException;
import io.waip.cli.input.UserError;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the command line and an object of a plug-in: calls see the plug-in's class loader
 * as that of their thread, and what a contract does not let a provider throw becomes an error that
 * names the plug-in.
 */
final class Guard implements InvocationHandler {
  /** Methods whose contract lets them refuse an argument. */
  private static final Set<String> MAY_REFUSE = Set.of("open", "predict");

  private final Object guarded;
  private final Plugin plugin;

  private Guard(Object guarded, Plugin plugin) {
    this.guarded = guarded;
    this.plugin = plugin;
  }

  /** Returns an object of a contract that stands for one of a plug-in. */
  static <T> T around(Class<T> contract, Object provider, Plugin plugin) {
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(), new Class<?>[] {contract}, new Guard(provider, plugin)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(plugin.loader());
    try {
      Object result = method.invoke(guarded, arguments);
      return result instanceof LatencyPredictor predictor
          ? around(LatencyPredictor.class, predictor, plugin)
          : result;
    } catch (InvocationTargetException e) {
      throw told(method, Objects.requireNonNullElse(e.getCause(), e));
    } catch (LinkageError e) {
      throw told(method, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Throwable told(Method method, Throwable fault) {
    boolean isRefusal =
        fault instanceof IllegalArgumentException && MAY_REFUSE.contains(method.getName());
    if (isRefusal
        || fault instanceof UserError
        || fault instanceof MeasurementFormatException
        || fault instanceof IOException
        || fault instanceof VirtualMachineError) {
      return fault;
    }
    String remedy =
        fault instanceof LinkageError
            ? "build it against the waip-plugin-api of this version, with all it needs in its jars"
            : "tell its author; WAIP_DEBUG=1 shows the trace";
    UserError error =
        new UserError(
            "the plug-in failed in %s.%s: %s"
                .formatted(method.getDeclaringClass().getSimpleName(), method.getName(), fault),
            plugin.place().toString(),
            "",
            remedy);
    error.initCause(fault);
    return error;
  }
}
