package io.waip.replay.explain;

import io.waip.api.deployment.Deployment;
import io.waip.api.deployment.Endpoint;
import io.waip.api.deployment.Service;
import io.waip.api.deployment.Variant;
import io.waip.api.plan.Plan;
import io.waip.api.plan.ServiceLimits;
import io.waip.api.v1.Arrival;
import io.waip.api.v1.Screening;
import io.waip.replay.explain.Explanation.EndpointChoice;
import io.waip.replay.explain.Explanation.EndpointRule;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names what forbade an endpoint to a request: what the deployment says, and for the rest the masks
 * that were recorded on arrival. Single thread.
 */
final class EndpointRules {
  private final Deployment deployment;
  private Plan plan;

  EndpointRules(Deployment deployment, Plan plan) {
    this.deployment = deployment;
    this.plan = plan;
  }

  void plan(Plan current) {
    plan = current;
  }

  List<EndpointChoice> of(Arrival request, Screening screening) {
    return IntStream.range(0, deployment.endpoints().size())
        .mapToObj(e ->
            new EndpointChoice(deployment.endpoints().get(e).name(), rule(request, screening, e)))
        .toList();
  }

  private EndpointRule rule(Arrival request, Screening screening, int endpoint) {
    if ((screening.getPermitted() >>> endpoint & 1) == 0) {
      return whyForbidden(request, deployment.endpoints().get(endpoint));
    }
    return (screening.getUp() >>> endpoint & 1) == 0 ? EndpointRule.DOWN : EndpointRule.NONE;
  }

  private EndpointRule whyForbidden(Arrival request, Endpoint endpoint) {
    Service service = deployment.services().get(request.getService());
    int first = deployment.firstVariant(request.getService());
    ServiceLimits limits = plan.services().get(request.getService()).limits();
    EndpointRule why = EndpointRule.RUNS_ELSEWHERE;
    for (int i = 0; i < service.variants().size(); i++) {
      Variant variant = service.variants().get(i);
      if (endpoint.runs(first + i)) {
        boolean isGoodEnough =
            limits.maxShare(service, i) > 0 && variant.quality() >= request.getQualityFloor();
        if (isGoodEnough && request.getLength() <= variant.maxLength()) {
          return EndpointRule.GOVERNANCE;
        }
        why = isGoodEnough ? EndpointRule.LENGTH : EndpointRule.QUALITY_FLOOR;
      }
    }
    return why;
  }
}
