package io.waip.cli.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waip.cli.input.UserError;
import io.waip.cli.report.Texts;
import io.waip.cli.runtime.JsonOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between an earlier plan and a new one. */
final class PlanDiff {
  /** There is no earlier plan. */
  static final PlanDiff NONE = new PlanDiff(Map.of());

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, String> before;

  private PlanDiff(Map<String, String> before) {
    this.before = before;
  }

  /**
   * Reads a plan that {@code --json} wrote.
   *
   * @throws UserError if the file holds none
   */
  static PlanDiff read(Path file) {
    try {
      JsonNode plan = MAPPER.readTree(file.toFile()).path("plan");
      if (!plan.path("groups").isArray() || !plan.path("services").isArray()) {
        throw noPlan(file, "it holds no plan");
      }
      return new PlanDiff(facts(plan));
    } catch (JacksonException e) {
      throw noPlan(file, "it is no JSON");
    } catch (IOException e) {
      throw noPlan(file, "it cannot be read");
    }
  }

  private static UserError noPlan(Path file, String why) {
    return UserError.usage(
        "cannot compare with " + file + ": " + why,
        "--diff",
        "a file that 'waip plan --json' wrote for a plan",
        "check the path");
  }

  /** Prints each line that differs, and says so where none does. */
  void print(PlanFigures now, PrintWriter out) {
    if (before.isEmpty()) {
      return;
    }
    Map<String, String> after = facts(JsonOutput.tree(now).path("plan"));
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    boolean same = true;
    for (String name : names) {
      String old = before.getOrDefault(name, "-");
      String fresh = after.getOrDefault(name, "-");
      if (!Objects.equals(old, fresh)) {
        out.println("changed   " + name + ": " + old + " -> " + fresh);
        same = false;
      }
    }
    if (same) {
      out.println("changed   nothing");
    }
    out.flush();
  }

  private static Map<String, String> facts(JsonNode plan) {
    Map<String, String> facts = new TreeMap<>();
    for (JsonNode group : plan.path("groups")) {
      int devices = group.path("devices").asInt();
      facts.merge(
          "devices of " + group.path("device").asText(),
          String.valueOf(devices),
          (a, b) -> String.valueOf(Integer.parseInt(a) + Integer.parseInt(b)));
    }
    for (JsonNode service : plan.path("services")) {
      service
          .path("share_by_model")
          .properties()
          .forEach(share ->
              facts.put(
                  "answers of %s by %s".formatted(service.path("name").asText(), share.getKey()),
                  percent(share.getValue().asDouble())));
      facts.put(
          "attainment of " + service.path("name").asText(),
          percent(service.path("attainment").asDouble()));
    }
    return facts;
  }

  private static String percent(double share) {
    return Texts.format("%.1f %%", 100 * share);
  }
}
