package io.waip.cli.bench.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cli.ProjectFiles;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlFileTest {
  private static final Pattern DEFINE = Pattern.compile("#define WAIP_RINGS_(\\w+) (-?\\d+)\\b");

  @TempDir private Path folder = Path.of("");
  private Path page = Path.of("");

  @BeforeEach
  void makePage() throws IOException {
    page = folder.resolve("control");
    ByteBuffer bytes =
        ByteBuffer.allocate(ControlFile.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(ControlFile.EPOCH, 7)
            .putInt(ControlFile.PLANNER_PID, 4711)
            .putInt(ControlFile.PLANNER_STATE, ControlFile.PLANNER_READY)
            .putInt(ControlFile.LOST_REASON, 2);
    for (int i = 0; i < 28; i++) {
      bytes.putLong(ControlFile.COUNTERS + i * Long.BYTES, 100 + i);
    }
    Files.write(page, bytes.array());
  }

  @Test
  void theNumbersAreThoseOfTheHeader() throws IOException, IllegalAccessException {
    Map<String, String> header =
        DEFINE
            .matcher(
                Files.readString(ProjectFiles.at("native-bridge/src/main/c/include/waip/rings.h")))
            .results()
            .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));

    for (Field field : ControlFile.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        String name = field.getName();
        String key =
            name.startsWith("COUNTER_")
                    || name.startsWith("PLANNER_R")
                    || name.startsWith("HEADER_")
                ? name
                : "CONTROL_" + name;
        assertThat(header).as(name).containsEntry(key, Integer.toString(field.getInt(null)));
      }
    }
  }

  @Test
  void thePageIsRead() throws IOException {
    try (ControlFile control = ControlFile.open(1, page)) {
      assertThat(control.isReady()).isTrue();
      assertThat(control.epoch()).isEqualTo(7);
      assertThat(control.plannerPid()).isEqualTo(4711);
      assertThat(control.lostReason()).isEqualTo(2);
      assertThat(control.counter(ControlFile.COUNTER_PLANNED)).isEqualTo(101);
      assertThat(control.losses()).isEqualTo(118 + 119 + 120 + 121 + 122 + 123);
    }
  }

  @Test
  void theOperatorsByteIsTheOnlyOneWritten() throws IOException {
    byte[] before = Files.readAllBytes(page);
    try (ControlFile control = ControlFile.open(1, page)) {
      control.bypass(true);
      assertThat(Files.readAllBytes(page)[ControlFile.BYPASS]).isEqualTo((byte) 1);
      control.bypass(false);
    }

    assertThat(Files.readAllBytes(page)).isEqualTo(before);
  }
}
