package io.waip.cli.config;

import io.waip.api.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The check of a governance expression at start: words it may use, quotes and brackets that close,
 * and names of tenants, services and tiers that exist. A rule about a tenant nobody has would
 * otherwise silently never apply.
 */
final class GovernanceExpression {

  /** The fields an expression may use, for messages. */
  static final String FIELDS =
      "request.tenant, request.tier, request.service, request.region, request.priority,"
          + " endpoint.name, endpoint.region";

  private static final List<String> KNOWN_FIELDS = List.of(FIELDS.split(", ?"));
  private static final List<String> KEYWORDS = List.of("true", "false", "in");
  private static final int MAX_LENGTH = 4096;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<literal>'[^']*'|\\d+)|(?<word>[A-Za-z_][\\w.]*)"
              + "|(?<sign>==|!=|<=|>=|&&|\\|\\||[<>!()\\[\\],]))\\s*");

  private GovernanceExpression() {}

  /**
   * The names an expression may compare with.
   *
   * @param byField existing names, by the field they are compared with
   */
  record Names(Map<String, List<String>> byField) {

    static Names of(List<ServiceSettings> services, List<TenantSettings> tenants) {
      return new Names(
          Map.of(
              "request.tenant",
              tenants.stream().map(TenantSettings::name).toList(),
              "request.service",
              services.stream().map(ServiceSettings::name).toList(),
              "request.tier",
              Arrays.stream(Tier.values()).map(ConfigNode::wireName).toList()));
    }
  }

  /** Returns the node's expression once it passed the check. */
  static String check(ConfigNode node, Names names) {
    String text = node.text();
    if (text.length() > MAX_LENGTH) {
      throw node.error("the expression is too long", "at most 4096 characters", "split the rule");
    }
    new Scan(node, names).over(text);
    return text;
  }

  /** One pass over an expression's tokens. */
  private static final class Scan {
    private final ConfigNode node;
    private final Names names;
    private final StringBuilder open = new StringBuilder();
    private String field = "";

    Scan(ConfigNode node, Names names) {
      this.node = node;
      this.names = names;
    }

    void over(String text) {
      Matcher token = TOKEN.matcher(text);
      int end = 0;
      while (end < text.length()) {
        if (!token.find(end) || token.start() != end) {
          throw node.invalid("has something unreadable at column " + (end + 1));
        }
        accept(token);
        end = token.end();
      }
      if (!open.isEmpty()) {
        throw node.invalid("leaves a bracket open");
      }
    }

    private void accept(Matcher token) {
      String word = token.group("word");
      String literal = token.group("literal");
      if (word != null) {
        acceptWord(word);
      } else if (literal != null) {
        acceptLiteral(literal);
      } else {
        acceptSign(String.valueOf(token.group("sign")));
      }
    }

    private void acceptWord(String word) {
      if (KNOWN_FIELDS.contains(word)) {
        field = word;
      } else if (!KEYWORDS.contains(word)) {
        throw node.invalid("uses the unknown field " + word);
      }
    }

    private void acceptLiteral(String literal) {
      List<String> known = names.byField().get(field);
      if (known != null && !known.contains(literal.replace("'", ""))) {
        throw node.error(
            "unknown " + field.substring("request.".length()) + " " + literal,
            String.join(", ", known),
            "name one that the configuration declares");
      }
    }

    private void acceptSign(String sign) {
      switch (sign) {
        case "(", "[" -> open.append(sign);
        case ")", "]" -> close(sign.equals(")") ? '(' : '[');
        case "&&", "||" -> field = "";
        default -> {}
      }
    }

    private void close(char opening) {
      int last = open.length() - 1;
      if (last < 0 || open.charAt(last) != opening) {
        throw node.invalid("closes a bracket that was not opened");
      }
      open.setLength(last);
    }
  }
}
