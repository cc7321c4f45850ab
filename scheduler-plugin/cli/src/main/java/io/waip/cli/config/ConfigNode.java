package io.waip.cli.config;

import io.waip.cli.input.Suggestion;
import io.waip.cli.input.UserError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A place in the configuration file: a YAML node with its key and line. Reading it the wrong way,
 * or a mapping with a key that {@link ConfigKey} does not declare, is a {@link UserError}.
 */
final class ConfigNode {

  private final String file;
  private final ConfigKey key;
  private final String label;
  private final Node node;

  private ConfigNode(String file, ConfigKey key, String label, Node node) {
    this.file = file;
    this.key = key;
    this.label = label;
    this.node = node;
  }

  /**
   * Parses a whole file.
   *
   * @param file its name, for messages
   * @throws UserError if the text is no YAML, is empty or has several documents
   */
  static ConfigNode root(String file, String yaml) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file).setAllowNonScalarKeys(true).build();
      Optional<Node> node = new Compose(settings).composeString(yaml);
      if (node.isEmpty()) {
        throw new UserError("the file is empty", file, ConfigKey.ROOT.allowed(), "");
      }
      return new ConfigNode(file, ConfigKey.ROOT, "", node.get());
    } catch (MarkedYamlEngineException e) {
      String where = e.getProblemMark().map(mark -> file + ":" + (mark.getLine() + 1)).orElse(file);
      throw new UserError("no valid YAML: " + e.getProblem(), where, "", "correct this line");
    } catch (YamlEngineException e) {
      throw new UserError("no valid YAML: " + e.getMessage(), file, "", "correct the file");
    }
  }

  /** The declared key this node stands at. */
  ConfigKey key() {
    return key;
  }

  /** The mapping's entries by name; checks that every name is declared and occurs once. */
  Map<String, ConfigNode> entries() {
    if (!(node instanceof MappingNode mapping)) {
      throw invalid("is not a mapping");
    }
    List<String> known = ConfigKey.namesIn(key.path());
    Map<String, ConfigNode> entries = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      ConfigNode entry = entry(tuple, known);
      if (entries.put(entry.lastName(), entry) != null) {
        throw entry.error("key '" + entry.label + "' is given twice", "once", "remove one of them");
      }
    }
    return entries;
  }

  private ConfigNode entry(NodeTuple tuple, List<String> known) {
    Node nameNode = tuple.getKeyNode();
    String name = nameNode instanceof ScalarNode scalar ? scalar.getValue() : "?";
    String prefix = label.isEmpty() ? "" : label + ".";
    if (!known.contains(name)) {
      ConfigNode culprit = new ConfigNode(file, key, label, nameNode);
      throw culprit.error(
          "unknown key '" + prefix + name + "'",
          String.join(", ", known),
          remedyForUnknown(name, known));
    }
    String path = key.path().isEmpty() ? name : key.path() + "." + name;
    return new ConfigNode(file, ConfigKey.at(path), prefix + name, tuple.getValueNode());
  }

  private static String remedyForUnknown(String name, List<String> known) {
    String suggestion = Suggestion.didYouMean(name, known);
    return suggestion.isEmpty() ? "remove it" : suggestion;
  }

  private String lastName() {
    return label.substring(label.lastIndexOf('.') + 1);
  }

  /** An entry that must be there. */
  ConfigNode required(Map<String, ConfigNode> entries, String name) {
    ConfigNode entry = entries.get(name);
    if (entry == null) {
      String path = key.path().isEmpty() ? name : key.path() + "." + name;
      String full = label.isEmpty() ? name : label + "." + name;
      throw error(
          "required key '" + full + "' is missing", ConfigKey.at(path).allowed(), "add " + name);
    }
    return entry;
  }

  /** The list's items. */
  List<ConfigNode> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw invalid("is not a list");
    }
    List<ConfigNode> items = new ArrayList<>();
    ConfigKey itemKey = ConfigKey.namesIn(key.path() + "[]").isEmpty() ? key : itemKey();
    for (Node item : sequence.getValue()) {
      items.add(new ConfigNode(file, itemKey, label + "[" + items.size() + "]", item));
    }
    return items;
  }

  private ConfigKey itemKey() {
    return ConfigKey.at(key.path() + "[]");
  }

  /** The items, of which there must be one. */
  List<ConfigNode> itemsAtLeastOne() {
    List<ConfigNode> items = items();
    if (items.isEmpty()) {
      throw invalid("is empty");
    }
    return items;
  }

  /** Whether this is a scalar with exactly this text. */
  boolean is(String text) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
  }

  boolean isScalar() {
    return node instanceof ScalarNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The scalar's text; never empty. */
  String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw invalid("is not a single value");
    }
    if (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank()) {
      throw invalid("has no value");
    }
    return scalar.getValue();
  }

  /** One of an enum's names in lower case. */
  <E extends Enum<E>> E choice(Class<E> type) {
    String text = text();
    List<String> known = new ArrayList<>();
    for (E value : type.getEnumConstants()) {
      if (wireName(value).equals(text)) {
        return value;
      }
      known.add(wireName(value));
    }
    throw error(
        describe() + " is unknown", String.join(", ", known), Suggestion.didYouMean(text, known));
  }

  /** How an enum constant is written in the file. */
  static String wireName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** An error at this node's line about its value: "'label: value' complaint". */
  UserError invalid(String complaint) {
    return error(describe() + " " + complaint, key.allowed(), "correct " + shownLabel());
  }

  /** An error at this node's line in the caller's words. */
  UserError error(String what, String allowed, String remedy) {
    return new UserError(what, where(), allowed, remedy);
  }

  /** This value, for errors that show only when it is used. */
  ConfigPlace place() {
    return new ConfigPlace(where(), describe());
  }

  /** A path, relative to the folder of the file. */
  Path path() {
    try {
      return Path.of(file).resolveSibling(text());
    } catch (InvalidPathException e) {
      throw invalid("is no path");
    }
  }

  private String where() {
    return node.getStartMark().map(mark -> file + ":" + (mark.getLine() + 1)).orElse(file);
  }

  private String describe() {
    @Nullable String value = node instanceof ScalarNode scalar ? scalar.getValue() : null;
    return value == null || value.isEmpty()
        ? "'" + shownLabel() + "'"
        : "'" + shownLabel() + ": " + value + "'";
  }

  private String shownLabel() {
    return label.isEmpty() ? "the file" : label;
  }
}
