package io.waip.triton;

import io.waip.api.RequestDescriptor;
import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the front says of the loaded models, as far as an engine is built on it: largest batch of
 * each service, instances of each model. Confined to the planner's thread.
 */
final class Shape {
  /** Instances beyond this do not add children in flight; keeps the engine's tables small. */
  static final int MAX_INSTANCES = 64;

  /** Rows beyond this are not put into one child; keeps the engine's tables small. */
  static final int MAX_BATCH = 1024;

  private final PlanningSpec spec;
  private final List<String> models;
  private final int[] maxBatch;
  private final int[] instances;

  /** Starts with batches of one and one instance each. */
  Shape(PlanningSpec spec) {
    this.spec = spec;
    models = spec.models();
    maxBatch = new int[spec.services().size()];
    instances = new int[models.size()];
    Arrays.fill(maxBatch, 1);
    Arrays.fill(instances, 1);
  }

  /** Becomes a copy of another shape. */
  void copyFrom(Shape other) {
    System.arraycopy(other.maxBatch, 0, maxBatch, 0, maxBatch.length);
    System.arraycopy(other.instances, 0, instances, 0, instances.length);
  }

  boolean equalTo(Shape other) {
    return Arrays.equals(maxBatch, other.maxBatch) && Arrays.equals(instances, other.instances);
  }

  /** Takes what a channel says of its service; what is unknown stays. Allocates nothing. */
  void learn(ChannelDesk desk) {
    int service = desk.service();
    ServiceSpec served = spec.services().get(service);
    maxBatch[service] = served.bitEqual() ? 1 : Math.clamp(desk.view().maxBatch(), 1, MAX_BATCH);
    for (int v = 0; v < served.variants().size(); v++) {
      int found = desk.instances(v);
      if (found > 0) {
        instances[desk.model(v)] = Math.min(found, MAX_INSTANCES);
      }
    }
  }

  int maxBatch(int service) {
    return maxBatch[service];
  }

  /** Returns the deployment an engine is built on. */
  Deployment deployment(int maxLength) {
    List<Service> services = new ArrayList<>();
    for (int s = 0; s < spec.services().size(); s++) {
      ServiceSpec served = spec.services().get(s);
      int batch = maxBatch[s];
      int longest = served.lengths().isPresent() ? maxLength : 1;
      List<Variant> variants =
          served.variants().stream()
              .map(v -> new Variant(v.model(), v.quality(), batch, longest))
              .toList();
      services.add(new Service(served.name(), served.objective(), served.isPaddable(), variants));
    }
    return new Deployment(services, spec.tenants(), endpoints());
  }

  private List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String device : spec.devices()) {
      long variants = 0;
      int room = 0;
      int index = 0;
      for (ServiceSpec service : spec.services()) {
        for (VariantSpec variant : service.variants()) {
          if (variant.device().equals(device)) {
            variants |= 1L << index;
            room = Math.max(room, instances[models.indexOf(variant.model())]);
          }
          index++;
        }
      }
      endpoints.add(new Endpoint(device, variants, room, RequestDescriptor.NO_REGION));
    }
    return endpoints;
  }
}
