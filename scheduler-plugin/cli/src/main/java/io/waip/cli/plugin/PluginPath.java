package io.waip.cli.plugin;

import io.waip.cli.input.UserError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folders with plug-ins. A jar in one is a plug-in; a folder in one is a plug-in of all jars in it.
 * Names that begin with a dot and other files are passed over.
 */
final class PluginPath {
  /** Name of the option. */
  static final String OPTION = "--plugin-path";

  /** Variable that counts where the option is not given. */
  static final String VARIABLE = "WAIP_PLUGIN_PATH";

  private static final String ALLOWED =
      "a folder with a jar for each plug-in, or a folder of jars for each";

  private final String where;
  private final List<Path> folders;

  private PluginPath(String where, List<Path> folders) {
    this.where = where;
    this.folders = folders;
  }

  /**
   * Takes the folders of the option, or those of the variable where there are none.
   *
   * @param variable value of {@link #VARIABLE}: folders separated by the path separator; null or
   *     empty is none
   */
  static PluginPath of(List<Path> option, @Nullable String variable) {
    if (!option.isEmpty() || variable == null || variable.isEmpty()) {
      return new PluginPath(OPTION, option);
    }
    return new PluginPath(
        VARIABLE, Arrays.stream(variable.split(File.pathSeparator, -1)).map(Path::of).toList());
  }

  /**
   * Returns the jars of each plug-in, in the order of the path, then by name.
   *
   * @throws UserError if a folder is none or holds no plug-in
   */
  List<List<Path>> plugins() {
    List<List<Path>> plugins = new ArrayList<>();
    for (Path folder : folders) {
      List<List<Path>> found = in(folder);
      if (found.isEmpty()) {
        throw wrong(folder, "holds no jar");
      }
      plugins.addAll(found);
    }
    return plugins;
  }

  private List<List<Path>> in(Path folder) {
    List<List<Path>> found = new ArrayList<>();
    for (Path entry : entries(folder)) {
      if (isJar(entry)) {
        found.add(List.of(entry));
      } else if (Files.isDirectory(entry)) {
        List<Path> jars = entries(entry).stream().filter(PluginPath::isJar).toList();
        if (jars.isEmpty()) {
          throw wrong(entry, "holds no jar");
        }
        found.add(jars);
      }
    }
    return found;
  }

  private List<Path> entries(Path folder) {
    if (folder.toString().isEmpty() || !Files.exists(folder)) {
      throw wrong(folder, "does not exist");
    }
    if (!Files.isDirectory(folder)) {
      throw wrong(folder, "is no folder");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !name(entry).startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw wrong(folder, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static boolean isJar(Path entry) {
    return name(entry).endsWith(".jar") && !Files.isDirectory(entry);
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }

  private UserError wrong(Path folder, String what) {
    return new UserError("'" + folder + "' " + what, where, ALLOWED, "check the path");
  }
}
