package io.waip.cli.replay;

import io.waip.api.Tier;
import io.waip.replay.PolicyRun;
import io.waip.replay.Replay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a run made of each tenant's and each tier's requests. */
final class GroupFigures {
  private static final double NANOS_PER_SECOND = 1e9;

  private GroupFigures() {}

  /** Adds a figure for each tier that occurs, and for each tenant and service. */
  static void addTo(Map<String, ? super Object> figures, PolicyRun run, Replay replay) {
    List<String> tenants = replay.tenants();
    Map<String, Double> tierAttainment = new LinkedHashMap<>();
    Map<String, Double> tierGoodput = new LinkedHashMap<>();
    for (Tier tier : Tier.values()) {
      IntPredicate isMeant = i -> run.workload().tier(i) == tier;
      add(run, tier.name().toLowerCase(Locale.ROOT), isMeant, tierAttainment, tierGoodput);
    }
    Map<String, Double> attainment = new LinkedHashMap<>();
    Map<String, Double> goodput = new LinkedHashMap<>();
    Map<String, Double> service = new LinkedHashMap<>();
    for (int t = 0; t < tenants.size(); t++) {
      int tenant = t;
      add(run, tenants.get(t), i -> run.workload().tenant(i) == tenant, attainment, goodput);
      service.put(tenants.get(t), run.serviceNanos().get(t) / NANOS_PER_SECOND);
    }
    Map<String, Double> serviceAttainment = new LinkedHashMap<>();
    Map<String, Double> serviceGoodput = new LinkedHashMap<>();
    for (int s = 0; s < replay.services().size(); s++) {
      int index = s;
      IntPredicate isMeant = i -> run.workload().service(i) == index;
      add(run, replay.services().get(s), isMeant, serviceAttainment, serviceGoodput);
    }
    figures.put("attainment_by_tier", tierAttainment);
    figures.put("attainment_by_tenant", attainment);
    figures.put("goodput_by_tier_rps", tierGoodput);
    figures.put("goodput_by_tenant_rps", goodput);
    figures.put("service_by_tenant_s", service);
    figures.put("attainment_by_service", serviceAttainment);
    figures.put("goodput_by_service_rps", serviceGoodput);
  }

  private static void add(
      PolicyRun run,
      String name,
      IntPredicate isMeant,
      Map<String, Double> attainment,
      Map<String, Double> goodput) {
    if (IntStream.range(0, run.workload().size()).anyMatch(isMeant)) {
      attainment.put(name, run.attainment(isMeant).orElseThrow());
      goodput.put(name, run.goodputPerSecond(isMeant));
    }
  }
}
