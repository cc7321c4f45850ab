package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cost.read.LoadRun.TimedRequest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadRunTest {
  private static final List<Long> ALWAYS = List.of(0L, Long.MAX_VALUE);

  private static TimedRequest request(long sent, long answered) {
    return new TimedRequest(sent, answered, answered);
  }

  private static LoadRun atRate(List<Long> boundaries, TimedRequest... requests) {
    return new LoadRun(false, 100, List.of(requests), boundaries);
  }

  @Test
  void aRequestCountsWhenNoneWasInFlightAsItWasSent() {
    LoadRun run = atRate(ALWAYS, request(20, 31), request(0, 10), request(30, 50), request(51, 57));
    assertThat(run.timesAlone()).containsExactly(10, 11, 6);
  }

  @Test
  void aRequestSentAsTheOneBeforeIsAnsweredCounts() {
    assertThat(atRate(ALWAYS, request(0, 10), request(10, 13)).timesAlone()).containsExactly(10, 3);
  }

  @Test
  void theServerIsBusyUntilTheLongestRequestIsAnswered() {
    LoadRun run = atRate(ALWAYS, request(0, 100), request(10, 20), request(30, 40));
    assertThat(run.timesAlone()).containsExactly(100);
  }

  /**
   * Every 10 a request of 5, every fourth of 25. To leave out those during which another was sent
   * would leave out just the long ones and give a greatest time of 5.
   */
  @Test
  void aLongExecutionIsNotLeftOutForWhatIsSentWhileItRuns() {
    TimedRequest[] requests =
        IntStream.range(0, 40)
            .mapToObj(i -> request(10L * i, 10L * i + (i % 4 == 0 ? 25 : 5)))
            .toArray(TimedRequest[]::new);
    assertThat(atRate(ALWAYS, requests).timesAlone())
        .hasSize(20)
        .contains(25, 5)
        .satisfies(
            times -> assertThat(IntStream.range(0, 20).filter(i -> times[i] == 25)).hasSize(10));
  }

  @Test
  void onlyTheLastThreeWindowsCount() {
    TimedRequest[] requests =
        Stream.of(0, 10, 20, 30, 40)
            .map(t -> request(t, t + t / 10 + 1))
            .toArray(TimedRequest[]::new);
    assertThat(atRate(List.of(0L, 10L, 20L, 30L, 40L, 50L), requests).timesAlone())
        .containsExactly(3, 4, 5);
    assertThat(atRate(List.of(0L, 50L), requests).timesAlone()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aRequestOfAWindowThatDoesNotCountKeepsTheServerBusy() {
    List<Long> boundaries = List.of(0L, 10L, 20L, 30L, 40L);
    assertThat(atRate(boundaries, request(5, 15), request(12, 18), request(20, 21)).timesAlone())
        .containsExactly(1);
  }

  @Test
  void severalInFlightAtAllTimesTellNothing() {
    List<TimedRequest> requests = List.of(request(0, 10), request(20, 30));
    assertThat(new LoadRun(true, 2, requests, ALWAYS).timesAlone()).isEmpty();
    assertThat(new LoadRun(true, 1, requests, ALWAYS).timesAlone()).containsExactly(10, 10);
  }

  @Test
  void theTimeOfAStreamIsThatToItsFirstResponse() {
    LoadRun run = atRate(ALWAYS, new TimedRequest(0, 5, 20), request(15, 16), request(21, 22));
    assertThat(run.isStreamed()).isTrue();
    assertThat(run.timesAlone()).containsExactly(5, 1);
    assertThat(atRate(ALWAYS, request(0, 1)).isStreamed()).isFalse();
  }
}
