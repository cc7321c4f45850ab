package io.waip.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The answer of {@code waip --version}: product version, JDK and platform in one line. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "waip %s (JDK %s, %s %s)"
          .formatted(
              projectVersion(),
              Runtime.version(),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }

  private static String projectVersion() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(BuildVersion.class.getResourceAsStream("version.properties"))) {
      Properties properties = new Properties();
      properties.load(in);
      return Objects.requireNonNull(properties.getProperty("version"));
    }
  }
}
