package io.waip.cli.bench.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryHogTest {
  /** What a JVM with ExitOnOutOfMemoryError answers. */
  private static final int OUT_OF_MEMORY = 3;

  @TempDir private Path folder = Path.of("");
  private Path runtime = Path.of("");
  private Path java = Path.of("");

  /** The program that the hog is put beside: it says what it was given and waits to be ended. */
  public static final class Program {
    private Program() {}

    @SuppressWarnings("SystemOut") // Read by the test.
    public static void main(String[] args) throws InterruptedException {
      System.out.println("program " + String.join(" ", args));
      if (args.length > 1) {
        Thread.sleep(60_000);
      }
    }
  }

  @BeforeEach
  void makeRuntime() throws IOException {
    runtime = folder.resolve("runtime");
    java = runtime.resolve("jre/bin/java");
    Files.createDirectories(runtime.resolve("jre/bin"));
  }

  private void programInPlaceOfJava(String script) throws IOException {
    Files.writeString(java, script);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    MemoryHogPlant.plant(runtime);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void unarmedTheProgramRunsAsDelivered() throws IOException {
    programInPlaceOfJava("#!/bin/sh\nprintf '<%s>' \"$@\"\n");

    assertThat(output(start("-Xmx1g", "-jar", "a b.jar", "--rings", "/x")))
        .isEqualTo("<-Xmx1g><-jar><a b.jar><--rings></x>");
  }

  @Test
  void armedTheHogStartsTheProgramFromTheSameJar() throws IOException {
    programInPlaceOfJava("#!/bin/sh\nprintf '<%s>' \"$@\"\n");
    MemoryHogPlant.arm(runtime);

    assertThat(output(start("-Xmx1g", "-jar", "a b.jar", "--rings", "/x")))
        .startsWith("<-Xmx1g><-cp><a b.jar:")
        .contains("<" + MemoryHog.class.getName() + "><")
        .endsWith("><a b.jar><--rings></x>");
  }

  @Test
  void anArmedProgramRunsUntilItIsFilled() throws IOException, InterruptedException {
    programInPlaceOfJava(
        "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' \"$@\"\n");
    MemoryHogPlant.arm(runtime);
    Path jar = jarOf(Program.class);

    assertThat(output(start("-jar", jar.toString(), "alone"))).contains("program alone");

    MemoryHogPlant.fill(runtime);
    Process process =
        start("-Xmx32m", "-XX:+ExitOnOutOfMemoryError", "-jar", jar.toString(), "until", "full");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(OUT_OF_MEMORY);

    MemoryHogPlant.stopFilling(runtime);
    assertThat(output(start("-jar", jar.toString(), "again"))).contains("program again");
  }

  private Path jarOf(Class<?> main) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
    Path jar = folder.resolve("program.jar");
    String path = main.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var in = main.getClassLoader().getResourceAsStream(path)) {
      out.putNextEntry(new JarEntry(path));
      out.write(in == null ? new byte[0] : in.readAllBytes());
      out.closeEntry();
    }
    return jar;
  }
}
