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
            - model: minilm_int8
              quality: auto
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
      """;

  private FullConfig() {}
}
