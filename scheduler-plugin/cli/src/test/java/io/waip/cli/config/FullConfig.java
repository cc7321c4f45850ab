package io.waip.cli.config;

/** A configuration in which every key occurs that can stand beside the others. */
final class FullConfig {

  static final String YAML =
      """
      apiVersion: waip.io/v1
      kind: PlannerConfig
      mode: act
      services:
        - name: embed
          bit_equal: false
          objective:
            tier: interactive
            latency: 50ms
            percentile: 99.9
            quality_floor: 0.985
            ttft: 20ms
            tpot: 5ms
            throughput: 200/s
            availability: 99.9%
          lengths:
            input: input_ids
            axis: 1
            pad: 0
            mask: attention_mask
            trim: [last_hidden_state]
            buckets: [16, 64]
          variants:
            - model: minilm_fp32
              quality: 1.0
              cost_model: minilm.model
              cost_subject: minilm_fp32@cpu
              shadow_model: newer.model
              cost: alpha=4ms,beta=0.8ms
              max_batch: 32
              memory: 1.2GB
            - model: minilm_int8
              quality: auto
              devices_per_instance: 2
          expected:
            rate: 300/s
            arrivals: gamma:cv=3
          agreement:
            measure: cosine
            output: last_hidden_state
            threshold: 0.98
            sample: 2%
            risk: 0.05
      tenants:
        - name: gold
          weight: 4
          rate: 200/s
          budget:
            money_per_day: 40
          shed_first: false
        - name: free
          rate: 30/m
          shed_first: true
      governance:
        - name: eu-data
          when: "request.region == 'eu'"
          require: "endpoint.region == 'eu'"
      devices:
        - name: edge
          count: 8
          speed: 0.5
          catalogue: l4
          memory: 24GB
          idle_watts: 16
          grams_per_kwh: 300
          money_per_kwh: 0.2
          money_per_hour:
            - from: 1
              each: 0.8
            - from: 5
              each: 0.6
          spot:
            money_per_hour: 0.3
            interruptions_per_hour: 0.05
            notice: 2m
            replacement: 10m
          region: eu
      endpoints:
        list:
          - name: a
            url: grpc://10.0.0.7:8001
            region: eu
      planner:
        period: 10s
        hysteresis: 5%
        min_dwell: 120s
        seed: 7
        limits:
          money_per_hour: 12
          watts: 900
          grams_per_hour: 400
        changes_per_hour: 6
        tolerance: 20%
        canary: 10%
        state_file: waip.plan
        hints:
          listen: 127.0.0.1:9100
          token_file: hints.token
          per_minute: 12
      """;

  private FullConfig() {}
}
