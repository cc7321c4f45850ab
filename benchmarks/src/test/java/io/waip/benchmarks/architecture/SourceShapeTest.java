package io.waip.benchmarks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceShapeTest {
  private static List<Path> sources(Path module) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of("src/main/java", "src/test/java")) {
      Path root = module.resolve(folder);
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }

  private static List<String> violations(String body) throws IOException {
    String code = "class Planted {\n" + body + "\n}\n";
    return SourceShape.violations(
        List.of(
            new SimpleJavaFileObject(URI.create("mem:/Planted.java"), JavaFileObject.Kind.SOURCE) {
              @Override
              public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
              }
            }));
  }

  @Test
  void everySourceKeepsTheLimits() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path module : Modules.all()) {
      List<Path> own = sources(module);
      assertThat(own).as("sources of %s", module.getFileName()).isNotEmpty();
      sources.addAll(own);
    }
    try (StandardJavaFileManager files =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      assertThat(SourceShape.violations(files.getJavaFileObjectsFromPaths(sources))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"58, 0", "59, 1"})
  void countsTheLinesOfAMethodThatHoldCode(int statements, int expected) throws IOException {
    // The signature and the closing brace are two more; comments and blank lines are none.
    String body = "void f(int x) {\n// a\n\n" + "x++;\n".repeat(statements) + "}";
    assertThat(violations(body)).hasSize(expected).allMatch(line -> line.contains("code lines"));
  }

  @Test
  void anOverrideHasTheParametersOfWhatItOverrides() throws IOException {
    String many = "void f(int a, int b, int c, int d, int e, int g) {}";
    assertThat(violations("@Override public " + many)).isEmpty();
    assertThat(violations("@Deprecated public " + many)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "6, 1"})
  void countsParameters(int count, int expected) throws IOException {
    List<String> parameters =
        Stream.iterate(0, i -> i + 1).limit(count).map(i -> "int p" + i).toList();
    String body = "void f(" + String.join(", ", parameters) + ") {}";
    assertThat(violations(body)).hasSize(expected).allMatch(line -> line.contains("parameters"));
  }

  @Test
  void doesNotCountTheComponentsOfARecord() throws IOException {
    String body = "record R(int a, int b, int c, int d, int e, int f) { R { a++; } }";
    assertThat(violations(body)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"14, 0", "15, 1"})
  void countsBranches(int branches, int expected) throws IOException {
    String body = "boolean f(boolean x) { return x" + " && x".repeat(branches) + "; }";
    assertThat(violations(body)).hasSize(expected).allMatch(line -> line.contains("branches"));
  }

  @Test
  void countsEveryKindOfBranch() throws IOException {
    // Twice: if, for, for each, while, do, catch, ?: and one case; or: 16 branches.
    String once =
        """
        if (x) {}
        for (;x;) {}
        for (int i : list) {}
        while (x) {}
        do {} while (x);
        try {} catch (Exception e) {}
        y = x ? 1 : 2;
        switch (y) { case 1: }
        """;
    assertThat(violations("void f(boolean x, int y, int[] list) {" + once + once + "}"))
        .containsExactly("Planted.java f: 17 branches + 1, at most 15");
  }

  @ParameterizedTest
  @CsvSource({"598, 0", "599, 1"})
  void countsTheLinesOfAFile(int lines, int expected) throws IOException {
    // The class adds a line before and one after; the last line here is not ended by the body.
    assertThat(violations("//\n".repeat(lines - 1) + "//")).hasSize(expected);
  }
}
