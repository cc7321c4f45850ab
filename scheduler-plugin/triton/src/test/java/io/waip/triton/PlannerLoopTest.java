package io.waip.triton;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.nativebridge.rings.ChannelView;
import io.waip.nativebridge.rings.NameHash;
import io.waip.triton.LoopBench.Decision;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlannerLoopTest {
  private LoopBench bench = new LoopBench(Specs.spec(Specs.embed()));

  @AfterEach
  void close() {
    bench.close();
  }

  private void use(PlanningSpec spec) {
    bench.close();
    bench = new LoopBench(spec);
  }

  private List<Decision> afterATurn() {
    bench.turn();
    return bench.decisions();
  }

  @Test
  void aRequestIsDispatchedToTheReferenceAndItsEndIsTaken() {
    bench.open(0, "embed", 8, 1).submit(5, 40);
    List<Decision> decisions = afterATurn();
    assertThat(decisions).hasSize(1);
    Decision decision = decisions.get(0);
    assertThat(decision.dispatch()).isTrue();
    assertThat(decision.slot()).isEqualTo(5);
    assertThat(decision.generation()).isEqualTo(1);
    assertThat(decision.variant()).isZero();
    assertThat(decision.members()).isEqualTo(1);
    assertThat(decision.paddedLength()).isEqualTo(40);
    bench.front().completed(decision.id(), 5 * Specs.MS);
    assertThat(afterATurn()).isEmpty();
    assertThat(bench.loop.figures().staleRecords()).isZero();
  }

  @Test
  void requestsThatWaitForAnInstanceShareAChild() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 8, 1);
    for (int slot = 0; slot < 6; slot++) {
      bench.submit(slot, 100 + slot);
    }
    List<Decision> first = afterATurn();
    assertThat(first).hasSize(1);
    bench.front().completed(first.get(0).id(), Specs.MS);
    List<Decision> child = afterATurn();
    assertThat(child).extracting(Decision::slot).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    assertThat(child).allMatch(d -> d.members() == 5 && d.paddedLength() == 105);
  }

  @Test
  void membersOfADispatchFollowEachOther() {
    bench.open(0, "embed", 8, 2);
    for (int slot = 0; slot < 8; slot++) {
      bench.submit(slot, 100);
    }
    List<Decision> decisions = afterATurn();
    int at = 0;
    while (at < decisions.size()) {
      Decision first = decisions.get(at);
      for (int i = 1; i < first.members(); i++) {
        assertThat(decisions.get(at + i).id()).isEqualTo(first.id());
      }
      at += first.members();
    }
  }

  @Test
  void onlyRequestsOfOneMergeKeyShareAChild() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 8, 1);
    bench.submit(0, 10);
    bench.turn();
    long first = bench.decisions().get(0).id();
    for (int slot = 1; slot <= 4; slot++) {
      bench.request(slot, 1).shape(10, 1).merging(slot % 2, false).submit();
    }
    bench.front().completed(first, Specs.MS);
    List<Decision> child = afterATurn();
    assertThat(child).hasSize(2);
    assertThat(child).allMatch(d -> d.slot() % 2 == child.get(0).slot() % 2);
    bench.front().completed(child.get(0).id(), Specs.MS);
    List<Decision> next = afterATurn();
    assertThat(next).hasSize(2);
    assertThat(next).noneMatch(d -> d.slot() % 2 == child.get(0).slot() % 2);
  }

  @Test
  void rowsOfAChildFitTheLargestBatch() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 8, 1);
    bench.submit(0, 10);
    bench.turn();
    long first = bench.decisions().get(0).id();
    for (int slot = 1; slot <= 3; slot++) {
      bench.request(slot, 1).shape(10, 4).submit();
    }
    bench.front().completed(first, Specs.MS);
    assertThat(afterATurn()).hasSize(2);
  }

  @Test
  void aRequestThatMustRunAloneDoes() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 8, 1);
    bench.submit(0, 10);
    bench.turn();
    long first = bench.decisions().get(0).id();
    bench.request(1, 1).merging(0, true).submit();
    bench.request(2, 1).submit();
    bench.front().completed(first, Specs.MS);
    assertThat(afterATurn()).hasSize(1);
  }

  private static ServiceSpec oneVariant() {
    return new ServiceSpec(
        "embed", Specs.objective(1000), Specs.padded(), List.of(new VariantSpec("fp32", 1)), false);
  }

  /** Children under way at once while 200 requests wait for two variants of one instance each. */
  private long childrenAtOnce(VariantSpec first, VariantSpec second) {
    use(
        Specs.spec(
            new ServiceSpec(
                "embed", Specs.objective(100), Specs.padded(), List.of(first, second), false)));
    bench.open(0, "embed", 8, 1);
    for (int slot = 0; slot < 200; slot++) {
      bench.submit(slot, 100);
    }
    return afterATurn().stream().filter(Decision::dispatch).map(Decision::id).distinct().count();
  }

  @Test
  void variantsOnOneDeviceTakeTurns() {
    assertThat(
            childrenAtOnce(new VariantSpec("fp32", 1, "cpu"), new VariantSpec("int8", 0.9, "cpu")))
        .isEqualTo(1);
  }

  @Test
  void variantsOnDevicesOfTheirOwnRunAtOnce() {
    assertThat(childrenAtOnce(new VariantSpec("fp32", 1), new VariantSpec("int8", 0.9)))
        .isEqualTo(2);
  }

  @Test
  void errorsOfTheOnlyVariantHoldNobodyBack() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 8, 1);
    for (int slot = 0; slot < 8; slot++) {
      bench.submit(slot, 10);
      Decision sent = afterATurn().getFirst();
      assertThat(sent.dispatch()).isTrue();
      bench.front().failed(sent.id());
    }
  }

  @Test
  void aBitEqualServiceRunsEachRequestAlone() {
    ServiceSpec one = oneVariant();
    use(
        Specs.spec(
            new ServiceSpec(one.name(), one.objective(), one.lengths(), one.variants(), true)));
    bench.open(0, "embed", 8, 1);
    bench.submit(0, 10);
    bench.submit(1, 10);
    assertThat(afterATurn()).hasSize(1);
  }

  @Test
  void childrenInFlightAreAtMostTheInstances() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 1, 3);
    for (int slot = 0; slot < 10; slot++) {
      bench.submit(slot, 10);
    }
    assertThat(afterATurn()).hasSize(3);
  }

  @Test
  void anUnknownTenantIsRefusedAsInvalid() {
    bench.open(0, "embed", 8, 1).submit(0, "nobody");
    Decision decision = afterATurn().get(0);
    assertThat(decision.dispatch()).isFalse();
    assertThat(decision.reason()).isEqualTo(Reason.INVALID);
    assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void aTenantBeyondItsRateIsRefused() {
    bench.open(0, "embed", 8, 1);
    for (int slot = 0; slot < 6; slot++) {
      bench.submit(slot, "free");
    }
    List<Decision> refusals = afterATurn().stream().filter(d -> !d.dispatch()).toList();
    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0).reason()).isEqualTo(Reason.RATE_LIMIT);
  }

  @Test
  void aDeadlineThatCannotBeMetIsRefused() {
    bench.open(0, "embed", 8, 1);
    bench.front().request(0, 1).times(bench.now, bench.now + Specs.MS).submit();
    assertThat(afterATurn().get(0).reason()).isEqualTo(Reason.PREDICTED_LATE);
  }

  @Test
  void aWaitingRequestIsEvictedWhenItsDeadlinePasses() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 1, 1);
    bench.submit(0, 10);
    bench.front().request(1, 1).times(bench.now, bench.now + 20 * Specs.MS).submit();
    assertThat(afterATurn()).hasSize(1);
    bench.later(21);
    Decision decision = bench.decisions().get(0);
    assertThat(decision.slot()).isEqualTo(1);
    assertThat(decision.reason()).isEqualTo(Reason.EXPIRED);
    assertThat(decision.outcome()).isEqualTo(Outcome.EVICTED);
  }

  @Test
  void aWithdrawnRequestGetsNoDecision() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 1, 1);
    bench.submit(0, 10);
    bench.submit(1, 10);
    long first = afterATurn().get(0).id();
    bench.front().cancelled(1, 1);
    bench.front().completed(first, Specs.MS);
    assertThat(afterATurn()).isEmpty();
    assertThat(bench.loop.figures().cancelled()).isEqualTo(1);
  }

  @Test
  void aSlotIsUsedAgainWhileItsLastRequestStillRuns() {
    bench.open(0, "embed", 8, 1).submit(0, 10);
    long first = afterATurn().get(0).id();
    bench.request(0, 2).submit();
    List<Decision> second = afterATurn();
    bench.front().completed(first, Specs.MS);
    bench.turn();
    second.addAll(bench.decisions());
    assertThat(second).hasSize(1);
    assertThat(second.get(0).generation()).isEqualTo(2);
  }

  @Test
  void aHeldRequestThatTheFrontForgotIsWithdrawnByItsSuccessor() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 1, 1);
    bench.submit(0, 10);
    bench.submit(1, 10);
    long first = afterATurn().get(0).id();
    bench.request(1, 2).submit();
    bench.front().cancelled(1, 1);
    bench.front().completed(first, Specs.MS);
    List<Decision> decisions = afterATurn();
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).generation()).isEqualTo(2);
  }

  @Test
  void aClosedChannelTakesItsRequestsWithIt() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 1, 1);
    bench.submit(0, 10);
    bench.submit(1, 10);
    assertThat(afterATurn()).hasSize(1);
    bench.front().close();
    bench.turn();
    bench.front().open("embed", "fp32", ChannelView.FRONT, 1);
    bench.turn();
    bench.later(60);
    assertThat(bench.decisions()).isEmpty();
    bench.submit(0, 10);
    assertThat(afterATurn()).hasSize(1);
    assertThat(bench.loop.figures().gone()).isEqualTo(1);
  }

  @Test
  void aChannelReopenedBetweenTwoTurnsIsNoticed() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 1, 1);
    bench.submit(0, 10);
    bench.submit(1, 10);
    bench.turn();
    bench.decisions();
    bench.front().close();
    bench.front().open("embed", "fp32", ChannelView.FRONT, 1);
    bench.later(60);
    assertThat(bench.front().isPlanned()).isTrue();
    bench.submit(0, 10);
    assertThat(afterATurn()).hasSize(1);
  }

  @Test
  void recordsOfTheModelBeforeAreDroppedWhenItsChannelIsReopened() {
    bench.open(0, "embed", 8, 1);
    bench.submit(0, 10);
    bench.front().cancelled(3, 1);
    bench.front().close();
    bench.front().open("embed", "fp32", ChannelView.FRONT, 8);
    bench.later(60);
    assertThat(bench.decisions()).isEmpty();
    assertThat(bench.loop.figures().submitted()).isZero();
    assertThat(bench.loop.figures().staleRecords()).isEqualTo(2);
  }

  @Test
  void changedInstancesDrainTheEngineBeforeItIsBuiltAnew() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 1, 1);
    bench.submit(0, 10);
    long first = afterATurn().get(0).id();
    bench.front().instances(2);
    bench.later(60);
    assertThat(bench.front().isPlanned()).isFalse();
    bench.submit(1, 10);
    bench.front().completed(first, Specs.MS);
    long second = afterATurn().get(0).id();
    bench.front().completed(second, Specs.MS);
    bench.later(60);
    assertThat(bench.front().isPlanned()).isTrue();
    bench.submit(2, 10);
    bench.submit(3, 10);
    assertThat(afterATurn()).hasSize(2);
  }

  @Test
  void childrenOfAnEarlierEpochAreWaitedForButNotForEver() {
    bench.front().foreign(1);
    bench.open(0, "embed", 8, 1);
    assertThat(bench.front().hasTable()).isTrue();
    assertThat(bench.front().isPlanned()).isFalse();
    bench.later(1100);
    assertThat(bench.front().isPlanned()).isTrue();
  }

  @Test
  void watchingGivesATableThatPlansNothing() {
    PlanningSpec spec = Specs.spec(Specs.embed());
    use(PlanningSpec.of(spec.services(), spec.tenants(), false, spec.points()));
    bench.open(0, "embed", 8, 1);
    assertThat(bench.front().hasTable()).isTrue();
    assertThat(bench.front().isPlanned()).isFalse();
  }

  @Test
  void aModelNobodyConfiguredGetsNoTable() {
    bench.open(0, "stranger", 8, 1);
    assertThat(bench.front().hasTable()).isFalse();
    bench.submit(0, 1);
    assertThat(afterATurn()).isEmpty();
    assertThat(bench.loop.figures().badRecords()).isEqualTo(1);
  }

  @Test
  void aGarbledRequestIsSentToTheReferenceAlone() {
    bench.open(0, "embed", 8, 1);
    bench.request(0, 1).shape(-5, 1).submit();
    bench.request(1, 1).named(0, 0, 99).submit();
    List<Decision> decisions = afterATurn();
    assertThat(decisions).hasSize(2);
    assertThat(decisions).allMatch(d -> d.dispatch() && d.members() == 1 && d.variant() == 0);
    decisions.forEach(d -> bench.front().completed(d.id(), Specs.MS));
    bench.turn();
    assertThat(bench.loop.figures().badRecords()).isEqualTo(2);
  }

  @Test
  void garbageIsCountedAndDropped() {
    bench.open(0, "embed", 8, 1);
    bench.request(-1, 1).submit();
    bench.request(Integer.MAX_VALUE, 1).submit();
    bench.front().complete(99, -1, -1, -1, -1);
    bench.front().completed(123456789, 1);
    bench.front().cancelled(-7, 3);
    assertThat(afterATurn()).isEmpty();
    assertThat(bench.loop.figures().badRecords()).isEqualTo(3);
    assertThat(bench.loop.figures().staleRecords()).isEqualTo(2);
  }

  @Test
  void aRequestLongerThanAnyPredictionIsPaddedToItsOwnLength() {
    bench.open(0, "embed", 8, 1).submit(0, 100_000);
    assertThat(afterATurn().get(0).paddedLength()).isEqualTo(100_000);
  }

  @Test
  void eachTurnTellsTheFrontThatThePlannerLives() {
    bench.open(0, "embed", 8, 1);
    bench.now += 7;
    bench.loop.turn();
    assertThat(bench.front().heartbeatNanos()).isEqualTo(bench.now);
  }

  @Test
  void decisionsBeyondAFullRingWaitForRoom() {
    use(Specs.spec(oneVariant()));
    bench.open(0, "embed", 1, 1);
    for (int slot = 0; slot < 5000; slot++) {
      if (!bench.front().hasRoom()) {
        bench.turn();
      }
      bench.request(slot, 1).named(NameHash.of("nobody"), 0, 0).submit();
    }
    bench.turn();
    assertThat(bench.decisions()).hasSize(4096);
    assertThat(afterATurn()).hasSize(904);
  }

  @Test
  void twoServicesShareOneEngine() {
    ServiceSpec other =
        new ServiceSpec(
            "rank",
            Specs.objective(500),
            Specs.padded(),
            List.of(new VariantSpec("ranker", 1)),
            false);
    use(Specs.spec(oneVariant(), other));
    bench.open(0, "embed", 4, 1).open(1, "rank", 2, 1);
    bench.submit(0, 10);
    bench.fronts.get(1).request(0, 1).times(bench.now, 0).submit();
    assertThat(afterATurn()).hasSize(1);
    assertThat(LoopBench.decisions(bench.fronts.get(1))).hasSize(1);
  }
}
