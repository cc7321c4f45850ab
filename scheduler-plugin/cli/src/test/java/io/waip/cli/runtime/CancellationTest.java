package io.waip.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private final Cancellation cancellation = new Cancellation();
  private final List<String> calls = new ArrayList<>();

  @Test
  void runsCallbacksOnceInTheirOrder() {
    cancellation.onRequest(() -> calls.add("first"));
    cancellation.onRequest(() -> calls.add("second"));

    cancellation.request();
    cancellation.request();

    assertThat(calls).containsExactly("first", "second");
  }

  @Test
  void runsACallbackAtOnceWhenTheRequestCameBefore() {
    cancellation.request();

    cancellation.onRequest(() -> calls.add("late"));

    assertThat(calls).containsExactly("late");
  }

  @Test
  void aCallbackMayRegisterAnother() {
    cancellation.onRequest(() -> cancellation.onRequest(() -> calls.add("inner")));

    cancellation.request();

    assertThat(calls).containsExactly("inner");
  }

  @Test
  void isRequestedOnlyAfterTheRequest() {
    assertThat(cancellation.isRequested()).isFalse();

    cancellation.request();

    assertThat(cancellation.isRequested()).isTrue();
  }

  @Test
  void awaitEndsAtTheRequestOrWhenTheTimeIsOver() throws InterruptedException {
    assertThat(cancellation.await(Duration.ofNanos(1))).isFalse();

    cancellation.request();

    assertThat(cancellation.await(Duration.ofDays(1))).isTrue();
  }
}
