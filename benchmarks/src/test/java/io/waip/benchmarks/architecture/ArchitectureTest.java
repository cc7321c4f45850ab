package io.waip.benchmarks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String ROOT = "io.waip";
  private static final String PLANTED = "io.waip.benchmarks.architecture.planted";

  /** Generated code: protobuf messages and JMH's harness. */
  private static final List<String> GENERATED =
      List.of(ROOT + ".api.v1", ".triton.client.wire", ".jmh_generated");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isProduct)
          .importPackages(ROOT)
          .that(
              DescribedPredicate.describe(
                  "are written by hand",
                  type -> GENERATED.stream().noneMatch(type.getPackageName()::endsWith)));

  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

  private static boolean isProduct(Location location) {
    return !location.contains("/test-classes/") && !location.contains("-tests.jar");
  }

  /** A rule by name, how to get it for a root package, and what it says of the planted break. */
  private static Arguments rule(String name, Function<Walls, ArchRule> rule, String planted) {
    return Arguments.of(name, rule, planted);
  }

  private static Function<Walls, ArchRule> room(int index) {
    return walls -> walls.roomsSeeOnlyRoomsDownstream().get(index - 1);
  }

  private static Function<Walls, ArchRule> module(String name) {
    return walls ->
        walls.modulesSeeOnlyThoseBelow().stream()
            .filter(rule -> rule.getDescription().startsWith(name + " "))
            .findFirst()
            .orElseThrow();
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        rule("foreign memory", Walls::foreignMemoryStaysInTheBridge, "MapsMemory"),
        rule("vendor types", Walls::vendorTypesStayInDrivers, "KnowsAVendor"),
        rule("linear programs", Walls::onlyTheSolverKnowsLinearPrograms, "SolvesALinearProgram"),
        rule("engine: clock", Walls::engineIsAPureStateMachine, "ReadsTheClock"),
        rule("engine: thread", Walls::engineIsAPureStateMachine, "StartsAThread"),
        rule("engine: lock", Walls::engineIsAPureStateMachine, "TakesALock"),
        rule("engine: file", Walls::engineIsAPureStateMachine, "WritesAFile"),
        rule("engine: log", Walls::engineIsAPureStateMachine, "Logs"),
        rule("engine: chance", Walls::engineIsAPureStateMachine, "DrawsANumber"),
        rule("room", room(1), "LooksUpstream"),
        rule("runtime", Walls::onlyTheRuntimeKnowsAllRooms, "KnowsTheRuntime"),
        rule("state", Walls::sharedStateKnowsNoRoom, "KnowsARoom"),
        rule("cli and cost", module("cli"), "KnowsACostModel"),
        rule("api", module("api"), "KnowsTheEngine"),
        rule("@NullMarked", Walls::everyPackageIsNullMarked, "planted.unmarked"),
        rule("names", Walls::namesSayWhatATypeIs, "QueueManager"));
  }

  static Stream<ArchRule> everyRule() {
    Walls walls = new Walls(ROOT);
    return Stream.of(
            Stream.of(
                walls.foreignMemoryStaysInTheBridge(),
                walls.vendorTypesStayInDrivers(),
                walls.onlyTheSolverKnowsLinearPrograms(),
                walls.engineIsAPureStateMachine(),
                walls.onlyTheRuntimeKnowsAllRooms(),
                walls.sharedStateKnowsNoRoom(),
                walls.everyPackageIsNullMarked(),
                walls.namesSayWhatATypeIs()),
            walls.roomsSeeOnlyRoomsDownstream().stream(),
            walls.modulesSeeOnlyThoseBelow().stream())
        .flatMap(rules -> rules);
  }

  @Test
  void classesOfEveryModuleWereReallyImported() throws IOException {
    for (Path folder : Modules.folders()) {
      String module = folder.getFileName().toString();
      assertThat(Modules.PACKAGE_OF).as("package of module %s", module).containsKey(module);
      String owned = ROOT + "." + Modules.PACKAGE_OF.get(module);
      assertThat(
              PRODUCT.stream()
                  .filter(type -> !type.getSimpleName().equals("package-info"))
                  .filter(type -> type.getPackageName().startsWith(owned))
                  .anyMatch(type -> comesFrom(type, module)))
          .as("classes of module %s were imported", module)
          .isTrue();
    }
  }

  @Test
  void noModuleIsLeftInTheListAfterItIsGone() throws IOException {
    assertThat(Modules.folders().stream().map(folder -> folder.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(Modules.PACKAGE_OF.keySet());
  }

  @Test
  void aModuleThatStandsAloneNeedsThePluginApiAndNothingElseOfTheProduct() throws IOException {
    assertThat(Modules.standingAlone()).isNotEmpty();
    for (Path folder : Modules.standingAlone()) {
      List<String> needed =
          Pattern.compile("<artifactId>(waip[^<]*)</artifactId>")
              .matcher(Modules.pom(folder))
              .results()
              .map(found -> found.group(1))
              .distinct()
              .toList();
      assertThat(needed).as(folder.toString()).containsExactly("waip-plugin-api");
    }
  }

  @Test
  void everyModuleKeepsToItsPackage() throws IOException {
    for (Map.Entry<String, String> entry : Modules.PACKAGE_OF.entrySet()) {
      String owned = ROOT + "." + entry.getValue();
      assertThat(
              PRODUCT.stream()
                  .filter(type -> comesFrom(type, entry.getKey()))
                  .map(JavaClass::getPackageName)
                  .distinct())
          .allMatch(name -> (name + ".").startsWith(owned + "."), "lies in " + owned);
    }
  }

  private static boolean comesFrom(JavaClass type, String module) {
    String uri = type.getSource().orElseThrow().getUri().toString();
    return uri.contains("/" + module + "/target/") || uri.contains("/waip-" + module + "-");
  }

  @ParameterizedTest
  @MethodSource("everyRule")
  void theProductKeepsTheRule(ArchRule rule) {
    rule.check(PRODUCT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void theRuleFindsAPlantedViolation(String name, Function<Walls, ArchRule> rule, String planted) {
    EvaluationResult result = rule.apply(new Walls(PLANTED)).evaluate(VIOLATIONS);
    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().getDetails()).anyMatch(line -> line.contains(planted));
  }
}
