package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaceReportsTest {
  private static final String PARTING = "==================\n";
  private static final String CORE =
      "triton::core::RateLimiter::f(int) <null> (/tmp/x/libtritonserver.so+0x2dfc06)";
  private static final String FRONT = "destroy front/children.c:88 (/x/libtriton_waip.so+0x8e7b)";
  private static final String JAVA = "<null> <null> (0x7fffdf158df2)";

  /** As the sanitizer writes it, with the frames that made the two accesses. */
  private static String report(String kind, String first, String second) {
    return PARTING
        + """
        WARNING: ThreadSanitizer: %s (pid=25001)
          Write of size 8 at 0x7b2400019b00 by thread T44 (mutexes: write M707):
            #0 operator delete(void*) ../../tsan/tsan_new_delete.cpp:126 (libtsan.so.2+0x868bd)
            #1 %s
            #2 waip_parent_close front/parents.c:66 (libtriton_waip.so+0xa3bf)

          Previous atomic read of size 8 at 0x7b2400019b00 by thread T12:
            #0 pthread_cond_signal ../../tsan/tsan_posix.cpp:1269 (libtsan.so.2+0x47fdc)
            #1 %s
            #2 waip_children_start front/children.c:383 (libtriton_waip.so+0xa3bf)

          Thread T44 (tid=25106, running) created by main thread at:
            #0 pthread_create ../../tsan/tsan_posix.cpp:1001 (libtsan.so.2+0x5e686)

        SUMMARY: ThreadSanitizer: data race in somebody()
        """
            .formatted(kind, first, second)
        + PARTING;
  }

  private static String race(String first, String second) {
    return report("data race", first, second);
  }

  @Test
  void leavesOutRacesOfTheCoreWithItself() {
    String reports = race(CORE, CORE) + race(CORE, CORE) + "ThreadSanitizer: reported 2 warnings\n";
    assertThat(RaceReports.withoutTheCore(reports)).isEmpty();
    assertThat(RaceReports.withoutTheCore("")).isEmpty();
  }

  @Test
  void keepsRacesWithTheCore() {
    assertThat(RaceReports.withoutTheCore(race(CORE, CORE) + race(CORE, FRONT)))
        .containsOnlyOnce("WARNING")
        .contains("front/children.c:88");
    assertThat(RaceReports.withoutTheCore(race(JAVA, CORE))).isNotEmpty();
  }

  @Test
  void keepsRacesOfTheFrontWithItselfWhereOthersAreNotSeen() {
    assertThat(RaceReports.withinTheFront(race(JAVA, FRONT) + race(FRONT, CORE))).isEmpty();
    assertThat(RaceReports.withinTheFront(race(FRONT, FRONT))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lock-order-inversion (potential deadlock)", "heap-use-after-free", "signal"})
  void keepsWhatIsNoRace(String kind) {
    String report = report(kind, CORE, CORE);
    assertThat(RaceReports.withoutTheCore(report)).contains(kind);
    assertThat(RaceReports.withinTheFront(report)).contains(kind);
  }

  @Test
  void keepsRacesOfWhichTooLittleIsTold() {
    assertThat(RaceReports.withoutTheCore(untold(race(CORE, CORE)))).contains("failed to restore");
    assertThat(RaceReports.withinTheFront(untold(race(FRONT, FRONT))))
        .contains("failed to restore");
    assertThat(RaceReports.withinTheFront(untold(race(JAVA, FRONT)))).isEmpty();
  }

  /** The report without the stack of its second access. */
  private static String untold(String report) {
    return report.replaceAll(
        "(?s)    #0 pthread_cond.*?\\n\\n", "    [failed to restore the stack]\n\n");
  }

  @Test
  void keepsWhatOtherSanitizersWrite() {
    String report = "=".repeat(65) + "\n==7==ERROR: AddressSanitizer: use-after-poison\n";
    assertThat(RaceReports.withoutTheCore(report)).isEqualTo(report);
  }
}
