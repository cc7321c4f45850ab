package io.waip.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadLogTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Ledger ledger = new Ledger(1_000);
    ledger.answered(ledger.open(1, 100, 110), 120, true);
    ledger.open(0, 200, 205);
    Path file = folder.resolve("log.csv");

    ledger.close().write(file);
    LoadLog log = LoadLog.read(file);

    assertThat(log.size()).isEqualTo(2);
    assertThat(log.arm(0)).isEqualTo(1);
    assertThat(log.intendedNanos(0)).isEqualTo(100);
    assertThat(log.sentNanos(0)).isEqualTo(110);
    assertThat(log.doneNanos(0)).isEqualTo(120);
    assertThat(log.end(0)).isEqualTo(End.OK);
    assertThat(log.end(1)).isEqualTo(End.LOST);
    assertThat(log.doneNanos(1)).isZero();
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");

    assertThatThrownBy(() -> LoadLog.read(file)).isInstanceOf(IOException.class);
  }
}
