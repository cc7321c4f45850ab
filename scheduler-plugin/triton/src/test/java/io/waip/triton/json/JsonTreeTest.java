package io.waip.triton.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  private static final String TEXT =
      "{\"name\":\"m\",\"a\":{},\"b\":[],\"c\":[1,-2,{\"d\":true}],\"e\":false,\"f\":0.25,"
          + "\"g\":18446744073709551615,\"h\":1e3,\"i\":\"\\\"\\\\\\u000a\u00e9\"}";

  @Test
  void writesWhatItRead() throws Exception {
    Map<String, Object> read = JsonTree.read(" " + TEXT.replace(",", " ,\n ") + "\t");

    ObjectMapper jackson = new ObjectMapper();
    assertThat(jackson.readTree(JsonTree.write(read))).isEqualTo(jackson.readTree(TEXT));
    assertThat(read).containsEntry("c", List.of(1L, -2L, Map.of("d", true)));
    assertThat(read).containsEntry("g", new BigDecimal("18446744073709551615"));
    assertThat(read).containsEntry("i", "\"\\\n\u00e9");
    assertThat(read.keySet()).containsExactly("name", "a", "b", "c", "e", "f", "g", "h", "i");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":null}",
        "{\"a\":1}x",
        "{\"a\":01}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":tru}",
        "{\"a\":[1 2]}",
        "{\"a\":\"b",
        "nonsense"
      })
  void refusesWhatIsNoObject(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonTree.read(text));
  }

  @Test
  void refusesTextThatWouldOverflowTheStack() {
    String deep = "{\"a\":".repeat(100_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonTree.read(deep))
        .withMessageContaining("64 levels");
  }
}
