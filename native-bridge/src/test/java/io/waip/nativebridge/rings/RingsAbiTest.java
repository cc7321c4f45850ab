package io.waip.nativebridge.rings;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.nativebridge.HeaderNumbers;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Java's numbers and those of {@code include/waip/rings.h} are the same, both ways. */
class RingsAbiTest {
  private static Map<String, Integer> header(String text) {
    return HeaderNumbers.parse(text, "WAIP_RINGS_");
  }

  private static Map<String, Integer> javaNumbers() throws IllegalAccessException {
    Map<String, Integer> numbers = new TreeMap<>();
    for (Field field : RingsAbi.class.getDeclaredFields()) {
      if (field.getType() == int.class) {
        numbers.put(field.getName(), field.getInt(null));
      }
    }
    return numbers;
  }

  @Test
  void javaAndHeaderAgreeOnEveryNumber() throws Exception {
    assertThat(header(HeaderNumbers.read("rings.h"))).isEqualTo(javaNumbers());
  }

  @Test
  void changedNumberInTheHeaderIsSeen() throws Exception {
    String text = HeaderNumbers.read("rings.h");
    String changed = text.replace("WAIP_RINGS_SUBMIT_LENGTH 72", "WAIP_RINGS_SUBMIT_LENGTH 76");
    assertThat(changed).isNotEqualTo(text);
    assertThat(header(changed)).isNotEqualTo(javaNumbers());
  }

  @Test
  void everyDefinitionOfTheHeaderIsParsed() throws IOException {
    String text = HeaderNumbers.read("rings.h");
    assertThat(header(text)).hasSize(HeaderNumbers.definitions(text));
  }

  @Test
  void piecesFillTheMappingWithoutOverlap() {
    assertThat(RingsAbi.CHANNELS_OFFSET + RingsAbi.CHANNELS * RingsAbi.CHANNEL_BYTES)
        .isEqualTo(RingsAbi.ARENA_OFFSET);
    assertThat(RingsAbi.ARENA_OFFSET + RingsAbi.ARENA_SLOTS * RingsAbi.ARENA_SLOT_BYTES)
        .isEqualTo(RingsAbi.MAPPING_BYTES);
    assertThat(RingsAbi.SUBMIT_OFFSET + RingsAbi.SUBMIT_BYTES * RingsAbi.CELLS)
        .isEqualTo(RingsAbi.COMPLETE_OFFSET);
    assertThat(RingsAbi.COMPLETE_OFFSET + RingsAbi.COMPLETE_BYTES * RingsAbi.CELLS)
        .isEqualTo(RingsAbi.DECIDE_OFFSET);
    assertThat(RingsAbi.DECIDE_OFFSET + RingsAbi.DECIDE_BYTES * RingsAbi.CELLS)
        .isEqualTo(RingsAbi.EXECUTE_OFFSET);
    assertThat(RingsAbi.EXECUTE_OFFSET + RingsAbi.EXECUTE_BYTES * RingsAbi.EXECUTE_CELLS)
        .isLessThanOrEqualTo(RingsAbi.CHANNEL_BYTES);
    assertThat(RingsAbi.TABLE_OFFSET + RingsAbi.TABLE_BYTES).isEqualTo(RingsAbi.SUBMIT_OFFSET);
  }
}
