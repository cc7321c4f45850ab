package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      pages.add(ProjectFiles.at(name));
    }
    try (Stream<Path> files = Files.walk(ProjectFiles.at("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLinkLeadsToAFile(Path page) throws IOException {
    List<String> links =
        LINK.matcher(Files.readString(page))
            .results()
            .map(link -> link.group(1))
            .filter(link -> !link.contains("://"))
            .toList();

    for (String link : links) {
      assertThat(page.resolveSibling(link).normalize()).exists();
    }
  }

  @Test
  void everyDecisionRecordIsListedAndNumberedOnce() throws IOException {
    Path folder = ProjectFiles.at("docs/adr");
    List<String> listed =
        LINK.matcher(Files.readString(folder.resolve("README.md")))
            .results()
            .map(link -> link.group(1))
            .toList();
    List<String> records;
    try (Stream<Path> files = Files.list(folder)) {
      records =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("\\d{4}-.*\\.md"))
              .sorted()
              .toList();
    }

    assertThat(listed).containsExactlyElementsOf(records);
    assertThat(records.stream().map(name -> name.substring(0, 4))).doesNotHaveDuplicates();
  }

  @Test
  void theReadmeNamesTheTwoCommandsFirst() throws IOException {
    String readme = Files.readString(ProjectFiles.at("README.md"));
    List<String> commands =
        Pattern.compile("^\\./waip (\\w+)", Pattern.MULTILINE)
            .matcher(readme)
            .results()
            .map((MatchResult command) -> command.group(1))
            .toList();

    assertThat(commands).containsExactly("demo", "verify");
    assertThat(readme.indexOf("./waip demo")).isLessThan(readme.indexOf("\n## "));
  }

  @Test
  void theLauncherPageListsEveryVariableTheLauncherReads() throws IOException {
    String page = Files.readString(ProjectFiles.at("docs/launcher.md"));
    List<String> variables =
        Pattern.compile("\\$\\{(WAIP_\\w+)")
            .matcher(Files.readString(ProjectFiles.at("waip")))
            .results()
            .map(variable -> variable.group(1))
            .distinct()
            .toList();

    assertThat(variables).isNotEmpty();
    assertThat(variables).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }
}
