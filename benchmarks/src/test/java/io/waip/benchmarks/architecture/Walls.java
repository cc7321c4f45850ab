package io.waip.benchmarks.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules, for the packages below a root: {@code io.waip} itself, or the tree of planted
 * violations.
 */
final class Walls {
  /** Rooms in the order of a request's way; a room sees those after it. */
  private static final List<String> ROOMS =
      List.of("admission", "queue", "batch", "route", "execute", "feedback", "plan");

  /** Modules that may know the types of other vendors. */
  private static final List<String> DRIVERS =
      List.of("onnxruntime", "triton", "router", "nativebridge");

  private static final String[] VENDORS = {
    "ai.onnxruntime..",
    "io.grpc..",
    "io.envoyproxy..",
    "io.fabric8..",
    "io.kubernetes..",
    "io.lettuce..",
    "org.bytedeco.."
  };

  /** What each module may see of the others, besides itself. Leaves see everything. */
  private static final Map<String, List<String>> SEES =
      new TreeMap<>(
          Map.of(
              "api", List.of(),
              "nativebridge", List.of("api"),
              "cost", List.of("api"),
              "scheduler", List.of("api", "nativebridge"),
              "replay", List.of("api", "scheduler"),
              "onnxruntime", List.of("api", "nativebridge", "scheduler"),
              "triton", List.of("api", "nativebridge", "scheduler", "onnxruntime"),
              "cli",
                  List.of("api", "nativebridge", "scheduler", "replay", "onnxruntime", "triton")));

  private static final String[] IMPURE_PACKAGES = {
    "java.io..",
    "java.net..",
    "java.nio.channels..",
    "java.nio.file..",
    "java.security..",
    "java.util.concurrent..",
    "java.util.logging..",
    "java.util.random..",
    "org.agrona.concurrent..",
    "org.slf4j.."
  };

  private static final Set<String> IMPURE_TYPES =
      Set.of(
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.System$Logger",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.time.Clock",
          "java.time.Instant",
          "java.time.LocalDateTime",
          "java.time.ZonedDateTime",
          "java.util.Random",
          "java.util.Timer",
          "java.util.UUID");

  private static final Set<String> IMPURE_CALLS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.getProperty",
          "java.lang.System.getenv",
          "java.lang.System.getLogger",
          "java.lang.System.identityHashCode",
          "java.lang.Math.random");

  private final String root;

  Walls(String root) {
    this.root = root;
  }

  private String below(String name) {
    return root + "." + name + "..";
  }

  private String[] below(List<String> names) {
    return names.stream().map(this::below).toArray(String[]::new);
  }

  ArchRule foreignMemoryStaysInTheBridge() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(below("nativebridge"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..");
  }

  ArchRule vendorTypesStayInDrivers() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(below(DRIVERS))
        .and()
        .resideOutsideOfPackage(below("examples"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(VENDORS);
  }

  /** The search for placements alone knows the library that solves its linear programs. */
  ArchRule onlyTheSolverKnowsLinearPrograms() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackage(below("scheduler.plan.solve"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.ojalgo..");
  }

  ArchRule engineIsAPureStateMachine() {
    DescribedPredicate<JavaClass> impure =
        resideInAnyPackage(IMPURE_PACKAGES)
            .or(describe("read the outside", type -> IMPURE_TYPES.contains(type.getName())))
            .and(
                describe(
                    "are not markers", type -> !type.getName().equals("java.io.Serializable")));
    DescribedPredicate<JavaAccess<?>> impureCall =
        describe(
            "asks the clock, chance or the process",
            access ->
                IMPURE_CALLS.contains(access.getTargetOwner().getName() + "." + access.getName()));
    return noClasses()
        .that()
        .resideInAPackage(below("scheduler"))
        .should()
        .dependOnClassesThat(impure)
        .orShould()
        .accessTargetWhere(impureCall);
  }

  /** A room sees the rooms after it and the state they share. */
  List<ArchRule> roomsSeeOnlyRoomsDownstream() {
    return IntStream.range(1, ROOMS.size()).mapToObj(this::roomSeesNothingBefore).toList();
  }

  private ArchRule roomSeesNothingBefore(int room) {
    return noClasses()
        .that()
        .resideInAPackage(below("scheduler." + ROOMS.get(room)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            below(ROOMS.subList(0, room).stream().map(r -> "scheduler." + r).toList()))
        .allowEmptyShould(true);
  }

  ArchRule onlyTheRuntimeKnowsAllRooms() {
    return noClasses()
        .that()
        .resideInAPackage(below("scheduler"))
        .and()
        .resideOutsideOfPackage(below("scheduler.runtime"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(below("scheduler.runtime"));
  }

  ArchRule sharedStateKnowsNoRoom() {
    return noClasses()
        .that()
        .resideInAPackage(below("scheduler.state"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(below(ROOMS.stream().map(r -> "scheduler." + r).toList()));
  }

  /** Modules see only those below them; the command line finds cost models at run time. */
  List<ArchRule> modulesSeeOnlyThoseBelow() {
    return SEES.entrySet().stream().map(e -> moduleSees(e.getKey(), e.getValue())).toList();
  }

  private ArchRule moduleSees(String module, List<String> others) {
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage(below(others)).or(resideInAnyPackage(below(module)));
    return noClasses()
        .that()
        .resideInAPackage(below(module))
        .should()
        .dependOnClassesThat(resideInAnyPackage(root + "..").and(DescribedPredicate.not(allowed)))
        .allowEmptyShould(true)
        .as(module + " sees only " + others);
  }

  ArchRule everyPackageIsNullMarked() {
    return classes().should(liveInANullMarkedPackage());
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, "package " + type.getPackageName() + " is not @NullMarked"));
        }
      }
    };
  }

  ArchRule namesSayWhatATypeIs() {
    return classes()
        .that()
        .areTopLevelClasses()
        .should()
        .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Data|Info)");
  }
}
