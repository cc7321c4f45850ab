package io.waip.cli.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.plan.ServicePlan;
import io.waip.api.plan.VariantLimit;
import io.waip.cli.input.UserError;
import io.waip.replay.replan.PlannableService;
import io.waip.replay.replan.PlannableVariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file in which a plan survives a restart: JSON, written whole beside the file and renamed onto
 * it. What of it does not fit the configuration any more is refused, never guessed.
 */
public final class PlanFile {
  private static final String VERSION = "waip.io/plan/v1";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;
  private final List<PlannableService> services;

  /** Prepares for the services of a configuration. */
  public PlanFile(Path file, List<PlannableService> services) {
    this.file = file;
    this.services = List.copyOf(services);
  }

  /**
   * Writes a plan.
   *
   * @throws IOException if the file cannot be written; it is as it was then
   */
  public void write(ControlPlan plan) throws IOException {
    List<Map<String, Object>> written = new ArrayList<>();
    for (int s = 0; s < services.size(); s++) {
      written.add(service(services.get(s), plan.services().get(s)));
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", VERSION);
    root.put("services", written);
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, JSON.writeValueAsString(root) + "\n");
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, Object> service(PlannableService service, ServicePlan plan) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("name", service.name());
    written.put("latency_margin", plan.latencyMargin());
    written.put("bucket_edges", plan.bucketEdges());
    List<Map<String, Object>> variants = new ArrayList<>();
    for (int v = 0; v < service.variants().size(); v++) {
      VariantLimit limit = plan.limits().variant(v);
      Map<String, Object> variant = new LinkedHashMap<>();
      variant.put("model", service.variants().get(v).model());
      variant.put("max_share", limit.maxShare());
      variant.put("max_batch", limit.maxBatch());
      variants.add(variant);
    }
    written.put("variants", variants);
    return written;
  }

  /**
   * Reads the plan.
   *
   * @return empty if there is no such file
   * @throws UserError if it cannot be read, or is of other services or variants
   */
  public Optional<ControlPlan> read() {
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      return Optional.of(plan(root));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw refused("it is no JSON");
    } catch (IOException e) {
      throw refused("it is not a readable file");
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private ControlPlan plan(JsonNode root) {
    if (!VERSION.equals(root.path("version").asText())) {
      throw refused("its version is not " + VERSION);
    }
    if (root.path("services").size() != services.size()) {
      throw refused("it is of other services");
    }
    List<ServicePlan> plans = new ArrayList<>();
    for (int s = 0; s < services.size(); s++) {
      plans.add(service(services.get(s), root.path("services").path(s)));
    }
    return new ControlPlan(Optional.empty(), plans);
  }

  private ServicePlan service(PlannableService service, JsonNode node) {
    if (!service.name().equals(node.path("name").asText())
        || node.path("variants").size() != service.variants().size()) {
      throw refused("it is of other services or variants than the configuration");
    }
    List<VariantLimit> limits = new ArrayList<>();
    for (int v = 0; v < service.variants().size(); v++) {
      limits.add(limit(service.variants().get(v), node.path("variants").path(v)));
    }
    List<Integer> edges = new ArrayList<>();
    node.path("bucket_edges").forEach(edge -> edges.add(edge.asInt()));
    return ServicePlan.DEFAULT.toBuilder()
        .latencyMargin(node.path("latency_margin").asDouble())
        .bucketEdges(edges)
        .limits(new ServiceLimits(Double.POSITIVE_INFINITY, limits))
        .build();
  }

  private VariantLimit limit(PlannableVariant variant, JsonNode node) {
    if (!variant.model().equals(node.path("model").asText())) {
      throw refused("it is of other services or variants than the configuration");
    }
    return new VariantLimit(
        node.path("max_share").asDouble(Double.NaN), node.path("max_batch").asInt(0));
  }

  private UserError refused(String why) {
    return new UserError(
        "cannot take the plan over: " + why,
        file.toString(),
        "a plan that this configuration's planner wrote",
        "remove the file to begin without a plan");
  }
}
