package io.waip.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.cli.input.UserError;
import io.waip.replay.replan.PlannableService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
  @TempDir private Path folder;

  private final List<PlannableService> services =
      World.services(new ControlTimes(World.spec(1, 1), Collections.nCopies(2, 16)));

  private PlanFile file() {
    return new PlanFile(folder.resolve("plan"), services);
  }

  @Test
  void givesBackThePlanThatWasWritten() throws IOException {
    assertThat(file().read()).isEmpty();
    file().write(World.only(1));
    assertThat(file().read()).contains(World.only(1));
    file().write(World.only(0));
    assertThat(file().read()).contains(World.only(0));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("plan"));
    }
  }

  @Test
  void refusesAPlanOfOtherVariants() throws IOException {
    file().write(World.only(1));
    Path plan = folder.resolve("plan");
    Files.writeString(plan, Files.readString(plan).replace("int8", "int4"));
    assertThatThrownBy(() -> file().read())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("it is of other services or variants than the configuration");
  }

  @Test
  void refusesWhatIsCutOrOutOfRange() throws IOException {
    file().write(World.only(1));
    Path plan = folder.resolve("plan");
    String text = Files.readString(plan);
    Files.writeString(plan, text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> file().read()).hasMessageContaining("it is no JSON");
    Files.writeString(plan, text.replace("\"max_share\" : 1.0", "\"max_share\" : 1.5"));
    assertThatThrownBy(() -> file().read()).hasMessageContaining("max_share must be in [0, 1]");
  }
}
