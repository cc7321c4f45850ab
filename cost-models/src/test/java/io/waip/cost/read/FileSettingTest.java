package io.waip.cost.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.waip.api.measurement.Phase;
import io.waip.api.measurement.Subject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSettingTest {
  @Test
  void theNameSaysModelBatchAndLength() {
    FileSetting setting = FileSetting.withBatch(Path.of("a/minilm.int8,length=128,batch=8.csv"));
    assertThat(setting.batch()).isEqualTo(8);
    assertThat(setting.length()).isEqualTo(128);
    assertThat(setting.subject(Phase.WHOLE))
        .isEqualTo(new Subject("minilm.int8", Phase.WHOLE, "", 1, 0));
  }

  @Test
  void theNameMaySayDeviceThreadsAndTensorParallel() {
    FileSetting setting =
        FileSetting.withLength(
            Path.of("stats,length=1,device=A100-80GB,threads=2,tensor_parallel=4.json"));
    assertThat(setting.subject("m", Phase.PREFILL))
        .isEqualTo(new Subject("m", Phase.PREFILL, "A100-80GB", 4, 2));
  }

  @Test
  void anExtensionIsNotNeeded() {
    assertThat(FileSetting.withLength(Path.of("stats,length=64")).length()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "m,batch=8.csv;neither the file nor its name says the length",
        "m,length=8.csv;neither the file nor its name says the batch",
        "m.csv;neither the file nor its name says the batch",
        "',batch=8,length=8.csv';neither the file nor its name says the model",
        "m,batch=8,length=8,batch=8.csv;its name says 'batch' twice",
        "m,batch=8,length=8,colour=red.csv;its name says 'colour=red'",
        "m,batch=8,length=8,threads.csv;its name says 'threads'",
        "m,batch=8,length=.csv;its name says 'length='",
        "m,batch=8,length=8,.csv;its name says ''",
      })
  void aNameThatLacksAPartOrHasAStrangeOneIsRefused(String name, String what) {
    Path file = Path.of("folder").resolve(name);
    Throwable refused = catchThrowable(() -> FileSetting.withBatch(file));
    assertThat(Samples.checked(file, String.valueOf(refused.getMessage())))
        .startsWith(name + ": " + what + "; allowed: NAME,batch=N,length=N[,device=NAME]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0", "-1", "1.5", "8k", "10000001", "99999999999", "8.json.1"})
  void aCountThatIsNoneIsRefused(String count) {
    Path file = Path.of("folder").resolve("m,length=" + count);
    Throwable refused = catchThrowable(() -> FileSetting.withLength(file).length());
    assertThat(Samples.checked(file, String.valueOf(refused.getMessage())))
        .contains(
            "its name says length '" + count + "', which is no whole number in [1, 10000000]");
  }

  @Test
  void aBatchThatTheFileSaysItselfIsNotTakenFromTheName() {
    Path file = Path.of("folder/stats,batch=8,length=1.json");
    Throwable refused = catchThrowable(() -> FileSetting.withLength(file));
    assertThat(refused).hasMessageContaining("its name says 'batch=8'; allowed: NAME,length=N[");
  }
}
