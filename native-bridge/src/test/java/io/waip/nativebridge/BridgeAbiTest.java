package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Java's numbers and those of {@code include/waip/abi.h} are the same, both ways. */
class BridgeAbiTest {
  @Test
  void javaAndHeaderAgreeOnEveryNumber() throws Exception {
    assertThat(parse(HeaderNumbers.read("abi.h"))).isEqualTo(javaNumbers());
  }

  @Test
  void changedNumberInTheHeaderIsSeen() throws IOException, IllegalAccessException {
    String header = HeaderNumbers.read("abi.h");
    String changed = header.replace("WAIP_STATUS_CAPACITY 5", "WAIP_STATUS_CAPACITY 15");
    assertThat(changed).isNotEqualTo(header);
    assertThat(parse(changed)).isNotEqualTo(javaNumbers());
  }

  @Test
  void everyDefinitionOfTheHeaderIsParsed() throws IOException {
    String header = HeaderNumbers.read("abi.h");
    assertThat(parse(header)).hasSize(HeaderNumbers.definitions(header));
  }

  @Test
  void statusIsFoundByItsCode() {
    for (NativeStatus status : NativeStatus.values()) {
      assertThat(NativeStatus.of(status.code())).isEqualTo(status);
      assertThat(status.meaning()).isNotBlank();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> NativeStatus.of(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeStatus.of(NativeStatus.values().length));
  }

  private static Map<String, Integer> parse(String header) {
    return HeaderNumbers.parse(header, "WAIP_");
  }

  private static Map<String, Integer> javaNumbers() throws IllegalAccessException {
    Map<String, Integer> numbers = new TreeMap<>();
    for (Field field : BridgeAbi.class.getDeclaredFields()) {
      if (field.getType() == int.class) {
        String prefix = field.getName().startsWith("ROWS_") ? "" : "ABI_";
        numbers.put(prefix + field.getName(), field.getInt(null));
      }
    }
    for (NativeStatus status : NativeStatus.values()) {
      numbers.put("STATUS_" + status.name(), status.code());
    }
    return numbers;
  }
}
