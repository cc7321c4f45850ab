package io.waip.replay.judge;

import io.waip.api.deployment.Service;
import io.waip.api.deployment.Tenant;
import io.waip.replay.Noise;
import io.waip.replay.trace.Workload;
import java.util.List;

/**
 * The requests that plans are judged by.
 *
 * @param workload a request's service and tenant are indices into the lists
 * @param services with objective and whether they may be padded; their variants are those of the
 *     plan judged
 * @param tenants who sends the requests
 * @param times of every option of the plans judged
 * @param noise on the times
 */
public record JudgedWindow(
    Workload workload,
    List<Service> services,
    List<Tenant> tenants,
    OptionTimes times,
    Noise noise) {
  /**
   * Copies the lists and checks that the requests call services of the list.
   *
   * @throws IllegalArgumentException if one does not
   */
  public JudgedWindow {
    services = List.copyOf(services);
    tenants = List.copyOf(tenants);
    for (int i = 0; i < workload.size(); i++) {
      if (workload.service(i) >= services.size() || workload.tenant(i) >= tenants.size()) {
        throw new IllegalArgumentException(
            "request %d is of service %d and tenant %d; allowed: below %d and %d"
                .formatted(
                    i, workload.service(i), workload.tenant(i), services.size(), tenants.size()));
      }
    }
  }
}
