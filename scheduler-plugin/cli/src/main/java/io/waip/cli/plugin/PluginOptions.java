package io.waip.cli.plugin;

import io.waip.api.cost.CostModelFitter;
import io.waip.api.measurement.MeasurementReader;
import io.waip.cli.input.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where plug-ins lie, and what the product and they provide. */
public final class PluginOptions {
  @Option(
      names = PluginPath.OPTION,
      paramLabel = "FOLDER",
      description =
          "Folder with plug-ins: a jar, or a folder of jars, for each; may be given several times."
              + " Default: $WAIP_PLUGIN_PATH.")
  private List<Path> folders = new ArrayList<>();

  private @Nullable List<Plugin> plugins;

  /** Creates the options. */
  public PluginOptions() {}

  /** Makes options as if these folders were given; none means those of the variable. */
  public static PluginOptions of(List<Path> folders) {
    PluginOptions options = new PluginOptions();
    options.folders.addAll(folders);
    return options;
  }

  /**
   * Returns the fitters of cost models.
   *
   * @throws UserError if a plug-in cannot be used, or two fitters have one name
   */
  public Providers<CostModelFitter> fitters() {
    return providers(CostModelFitter.class, "fitter", CostModelFitter::name);
  }

  /**
   * Returns the readers of measurements.
   *
   * @throws UserError if a plug-in cannot be used, or two readers have one name
   */
  public Providers<MeasurementReader> readers() {
    return providers(MeasurementReader.class, "form", MeasurementReader::name);
  }

  private <T> Providers<T> providers(Class<T> contract, String what, Function<T, String> nameOf) {
    Providers<T> providers = new Providers<>(what, nameOf);
    providers.addBuiltIn(ServiceLoader.load(contract, PluginOptions.class.getClassLoader()));
    for (Plugin plugin : plugins()) {
      providers.addAll(plugin.providers(contract), plugin);
    }
    return providers;
  }

  private List<Plugin> plugins() {
    List<Plugin> opened = plugins;
    if (opened == null) {
      ClassLoader contracts = new ContractClassLoader(PluginOptions.class.getClassLoader());
      opened =
          PluginPath.of(folders, System.getenv(PluginPath.VARIABLE)).plugins().stream()
              .map(jars -> Plugin.open(jars, contracts))
              .toList();
      plugins = opened;
    }
    return opened;
  }
}
