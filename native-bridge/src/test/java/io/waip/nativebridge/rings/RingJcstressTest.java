package io.waip.nativebridge.rings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * Runs the tables of {@link RingOutcomes} and {@link PlantedRingFaults} under jcstress, in a
 * process of its own, once for all tests here.
 *
 * <p>{@code -Dwaip.jcstress='-m quick'} gives jcstress other options than the brief ones.
 */
class RingJcstressTest {
  /** One fork a table, which goes from the interpreter through C1 to C2. */
  private static final String BRIEF = "-v -f 1 -iters 3 -time 500 -sc false -pth false";

  /** Lets C2 choose at random among the orders that are allowed. */
  private static final String SHUFFLE =
      "-XX:+StressLCM -XX:+StressGCM -XX:+StressIGVN -XX:+StressCCP";

  private static final long BRIEF_MINUTES = 5;
  private static final Path FOLDER = Path.of("target", "jcstress").toAbsolutePath();
  private static final Path OUTPUT = FOLDER.resolve("output.txt");

  private static Map<String, List<TestResult>> results = Map.of();

  static Stream<Class<?>> tables() {
    return Arrays.stream(RingOutcomes.class.getDeclaredClasses());
  }

  /** A fault, and a pattern of outcomes that give it away. */
  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(PlantedRingFaults.PublishedBeforeItIsWritten.class, "9"),
        Arguments.of(PlantedRingFaults.GivenBackBeforeItIsRead.class, ".*"),
        Arguments.of(PlantedRingFaults.WrittenWithoutALook.class, "3, .*8.*"),
        Arguments.of(PlantedRingFaults.AnnouncedWithoutAFence.class, "0, 0, 1"),
        Arguments.of(PlantedRingFaults.ClaimedWithoutAFence.class, "0, 0, 1"));
  }

  @BeforeAll
  static void runJcstress() throws IOException, InterruptedException, ClassNotFoundException {
    assumeTrue(
        Runtime.getRuntime().availableProcessors() > 1,
        "jcstress needs a processor for each of two actors, and there is one");
    Files.createDirectories(FOLDER);
    for (Path old : blobs()) {
      Files.delete(old);
    }
    run(System.getProperty("waip.jcstress"));
    List<Path> blobs = blobs();
    assertThat(blobs).as("results, see %s", OUTPUT).hasSize(1);
    results = read(blobs.get(0)).stream().collect(Collectors.groupingBy(TestResult::getName));
  }

  private static void run(@Nullable String options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("-r", FOLDER.resolve("report").toString()));
    command.addAll(List.of((options == null ? BRIEF : options).split(" ")));
    if (options == null) {
      command.addAll(List.of("-jvmArgs", SHUFFLE));
    }
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.toFile())
            .start();
    try {
      long minutes = options == null ? BRIEF_MINUTES : TimeUnit.DAYS.toMinutes(1);
      assertThat(process.waitFor(minutes, TimeUnit.MINUTES)).as("ends, see %s", OUTPUT).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static List<Path> blobs() throws IOException {
    List<Path> blobs = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER, "*.bin.gz")) {
      files.forEach(blobs::add);
    }
    return blobs;
  }

  private static Collection<TestResult> read(Path blob) throws IOException, ClassNotFoundException {
    InProcessCollector collector = new InProcessCollector();
    DiskReadCollector reader = new DiskReadCollector(blob.toString(), collector);
    try {
      reader.dump();
    } finally {
      reader.close();
    }
    return collector.getTestResults();
  }

  private static List<TestResult> resultsOf(Class<?> table) {
    return results.getOrDefault(table.getCanonicalName(), List.of());
  }

  private static List<String> forbidden(Class<?> table) {
    return resultsOf(table).stream()
        .flatMap(result -> result.grading().gradingResults.values().stream())
        .filter(outcome -> outcome.expect == Expect.FORBIDDEN && outcome.count > 0)
        .map(outcome -> outcome.id)
        .toList();
  }

  @Test
  void everyTableAndEveryFaultRan() {
    assertThat(results.keySet())
        .hasSize(9)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(tables(), Arrays.stream(PlantedRingFaults.class.getDeclaredClasses()))
                .map(Class::getCanonicalName)
                .toList());
    assertThat(faults()).hasSameSizeAs(PlantedRingFaults.class.getDeclaredClasses());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void onlyWhatTheTableAllowsIsSeen(Class<?> table) {
    assertThat(resultsOf(table))
        .isNotEmpty()
        .allSatisfy(result -> {
          assertThat(result.status()).as("%s", result.getMessages()).isEqualTo(Status.NORMAL);
          assertThat(result.getTotalCount()).isPositive();
        });
    assertThat(forbidden(table)).as("seen, see %s", OUTPUT).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aPlantedFaultIsFound(Class<?> fault, String outcome) {
    assertThat(forbidden(fault)).as("seen, see %s", OUTPUT).anyMatch(seen -> seen.matches(outcome));
  }
}
