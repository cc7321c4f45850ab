package io.waip.triton.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waip.replay.diagnose.Change;
import io.waip.replay.diagnose.Remedy;
import java.io.UncheckedIOException;
import java.util.List;

/** A model's configuration as JSON, in which remedies are carried out, whatever they are. */
final class ChangedConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root;

  ChangedConfig(String json) {
    root = (ObjectNode) read(json);
  }

  String json() {
    return root.toString();
  }

  void apply(Remedy remedy) {
    remedy.changes().forEach(this::apply);
  }

  private void apply(Change change) {
    List<String> path = List.of(change.key().split("\\.", -1));
    ObjectNode at = root;
    for (String key : path.subList(0, path.size() - 1)) {
      at = below(at, key);
    }
    if (change.value().isEmpty()) {
      at.remove(path.getLast());
    } else {
      at.set(path.getLast(), value(change.value()));
    }
  }

  /** Returns the message of a key; of a list the one item, or all items by their names. */
  private static ObjectNode below(ObjectNode at, String key) {
    JsonNode next = at.get(key);
    if (next == null) {
      return at.putObject(key);
    }
    if (next.isArray()) {
      ObjectNode byName = JSON.createObjectNode();
      next.forEach(item -> byName.set(item.path("name").asText(key), item));
      return next.size() == 1 && !next.get(0).has("name") ? (ObjectNode) next.get(0) : byName;
    }
    return (ObjectNode) next;
  }

  private static JsonNode value(String text) {
    boolean isJson = text.matches("-?\\d+|true|false|\\{.*\\}|\\[.*\\]");
    return isJson ? read(text) : TextNode.valueOf(text);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
