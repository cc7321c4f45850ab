package io.waip.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import io.waip.api.contract.PlantedActuator.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract itself: it passes a right actuator, and each clause catches its planted fault. */
class ActuatorContractTest {
  /** A clause with the fault that it is there to catch. */
  record Clause(Fault fault, Consumer<ActuatorContract> check) {
    @Override
    public String toString() {
      return fault.name();
    }
  }

  static List<Clause> clauses() {
    return List.of(
        new Clause(
            Fault.INVENTS_MODELS,
            ActuatorContract::knowsNothingOfAnotherModelAndTouchesNothingForIt),
        new Clause(Fault.ALWAYS_RELOADS, ActuatorContract::leavesWhatIsInForceAlone),
        new Clause(Fault.CLAIMS_WITHOUT_DOING, ActuatorContract::putsInForceWhatItSaysItDid),
        new Clause(
            Fault.RESETS_WHAT_IS_EMPTY, ActuatorContract::keepsWhatAWantedSettingLeavesEmpty),
        new Clause(Fault.NEVER_SHRINKS, ActuatorContract::findsTheWayBack),
        new Clause(Fault.FORGETS_TO_ROLL_BACK, ActuatorContract::takesAChangeBackThatFails));
  }

  @ParameterizedTest
  @MethodSource("clauses")
  void catchesItsPlantedFault(Clause clause) {
    assertThat(catchThrowable(() -> clause.check().accept(contract(clause.fault()))))
        .as("the verdict on %s", clause.fault())
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @MethodSource("clauses")
  void passesAnActuatorWithoutFault(Clause clause) {
    assertThatCode(() -> clause.check().accept(contract(Fault.NONE))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("clauses")
  void passesOneThatOnlyAdvises(Clause clause) {
    assertThatCode(() -> clause.check().accept(contract(Fault.ONLY_ADVISES)))
        .doesNotThrowAnyException();
  }

  @Test
  void everyFaultHasAClause() {
    assertThat(clauses())
        .extracting(Clause::fault)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Fault.values()).filter(Fault::isFault).toList());
  }

  private static ActuatorContract contract(Fault fault) {
    PlantedActuator actuator = new PlantedActuator(fault);
    return new ActuatorContract() {
      @Override
      protected Actuator actuator() {
        return actuator;
      }

      @Override
      protected ModelSetting possible() {
        return ModelSetting.of("embed", 3).withThreads(1);
      }

      @Override
      protected boolean refuseNextChange() {
        return actuator.refuseNextChange();
      }
    };
  }
}
