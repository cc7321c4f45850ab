package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Java's numbers and those of {@code include/waip/abi.h} are the same, both ways. */
class BridgeAbiTest {
  private static final Pattern DEFINE =
      Pattern.compile("^#define WAIP_(\\w+) (-?\\d+)$", Pattern.MULTILINE);
  private static final Path HEADER =
      Path.of(System.getProperty("basedir", "."), "src/main/c/include/waip/abi.h");

  @Test
  void javaAndHeaderAgreeOnEveryNumber() throws Exception {
    assertThat(parse(Files.readString(HEADER))).isEqualTo(javaNumbers());
  }

  @Test
  void changedNumberInTheHeaderIsSeen() throws IOException, IllegalAccessException {
    String header = Files.readString(HEADER);
    String changed = header.replace("WAIP_STATUS_CAPACITY 5", "WAIP_STATUS_CAPACITY 15");
    assertThat(changed).isNotEqualTo(header);
    assertThat(parse(changed)).isNotEqualTo(javaNumbers());
  }

  @Test
  void everyDefinitionOfTheHeaderIsParsed() throws IOException {
    long defines =
        Files.readAllLines(HEADER).stream()
            .filter(line -> line.startsWith("#define") && !line.endsWith("_H"))
            .count();
    assertThat(parse(Files.readString(HEADER))).hasSize((int) defines);
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
    Map<String, Integer> numbers = new TreeMap<>();
    Matcher define = DEFINE.matcher(header);
    while (define.find()) {
      numbers.put(define.group(1), Integer.valueOf(define.group(2)));
    }
    return numbers;
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
