package io.waip.replay.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunObserverTest {
  private final List<String> told = new ArrayList<>();

  private RunObserver named(String name) {
    return new RunObserver() {
      @Override
      public void arrived(long nowNanos) {
        told.add(name + nowNanos);
      }
    };
  }

  @Test
  void oneObserverIsToldBeforeTheNext() {
    named("a").and(named("b")).arrived(7);
    assertThat(told).containsExactly("a7", "b7");
  }

  @Test
  void lookingAwayCostsNothing() {
    RunObserver only = named("a");
    assertThat(only.and(RunObserver.NONE)).isSameAs(only);
  }
}
