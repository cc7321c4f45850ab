package io.waip.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.actuate.Actuation;
import io.waip.api.actuate.Actuation.Advised;
import io.waip.api.actuate.Actuation.Applied;
import io.waip.api.actuate.Actuation.Failed;
import io.waip.api.actuate.Actuation.Recovery;
import io.waip.api.actuate.Actuation.Unchanged;
import io.waip.api.actuate.Actuator;
import io.waip.api.actuate.ModelSetting;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Actuator} does, be it one that changes models or one that advises. A test class
 * extends this, has a model run before each clause and tells what else it may be.
 */
public abstract class ActuatorContract {
  /** For subclasses. */
  protected ActuatorContract() {}

  /** Returns the actuator under test, the same one within a clause. */
  protected abstract Actuator actuator();

  /** Returns a setting that is not in force of a model that runs, and that it can take. */
  protected abstract ModelSetting possible();

  /** Has the runtime refuse the next change, or returns false, as here, where nothing can. */
  protected boolean refuseNextChange() {
    return false;
  }

  @Test
  void knowsNothingOfAnotherModelAndTouchesNothingForIt() {
    assertThat(actuator().current("absent")).isEmpty();
    assertThat(actuator().apply(ModelSetting.of("absent", 1)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.recovery()).isEqualTo(Recovery.UNTOUCHED);
              assertThat(failed.inForce()).isEmpty();
              assertThat(failed.reason()).contains("absent").doesNotContain("\n");
            });
    assertThat(actuator().current("absent")).isEmpty();
  }

  @Test
  void leavesWhatIsInForceAlone() {
    ModelSetting before = inForce();

    assertThat(actuator().apply(before)).isEqualTo(new Unchanged(before));
    assertThat(actuator().apply(ModelSetting.of(model(), before.instances())))
        .isEqualTo(new Unchanged(before));
    assertThat(inForce()).isEqualTo(before);
  }

  @Test
  void putsInForceWhatItSaysItDid() {
    ModelSetting before = inForce();

    switch (actuator().apply(possible())) {
      case Applied applied -> {
        assertThat(applied.before()).isEqualTo(before);
        assertThat(applied.after()).isEqualTo(inForce());
        assertThat(possible().isMetBy(inForce()))
            .as("%s meets what was wanted", inForce())
            .isTrue();
      }
      case Advised advised -> {
        assertThat(advised.why()).isNotBlank();
        assertThat(inForce()).isEqualTo(before);
      }
      case Unchanged unchanged -> throw new AssertionError("possible() changes something");
      case Failed failed -> throw new AssertionError(failed.reason());
    }
  }

  @Test
  void keepsWhatAWantedSettingLeavesEmpty() {
    ModelSetting before = inForce();
    int instances = before.instances() + 1;

    Actuation done = actuator().apply(ModelSetting.of(model(), instances));

    assertThat(done).isInstanceOfAny(Applied.class, Advised.class);
    assertThat(inForce().withInstances(1)).isEqualTo(before.withInstances(1));
    assertThat(inForce().instances())
        .isEqualTo(done instanceof Applied ? instances : before.instances());
  }

  @Test
  void findsTheWayBack() {
    ModelSetting before = inForce();

    actuator().apply(possible());
    actuator().apply(before);

    assertThat(inForce()).isEqualTo(before);
  }

  @Test
  void takesAChangeBackThatFails() {
    ModelSetting before = inForce();
    if (!refuseNextChange()) {
      return;
    }

    assertThat(actuator().apply(possible()))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.recovery()).isNotEqualTo(Recovery.NOT_RESTORED);
              assertThat(failed.inForce()).contains(before);
              assertThat(failed.reason()).isNotBlank().doesNotContain("\n");
            });
    assertThat(inForce()).isEqualTo(before);
    assertThat(actuator().apply(possible())).isInstanceOf(Applied.class);
  }

  private String model() {
    return possible().model();
  }

  private ModelSetting inForce() {
    return actuator()
        .current(model())
        .orElseThrow(() -> new AssertionError("'" + model() + "' is not known"));
  }
}
