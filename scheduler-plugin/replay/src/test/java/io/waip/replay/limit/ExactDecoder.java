package io.waip.replay.limit;

import io.waip.replay.trace.Workload;
import java.util.HashMap;
import java.util.Map;

/**
 * The most requests that decoders serve in time, by exhaustive search over every step they could
 * run: who takes part, how much of a prompt each prefills, who is given up before. Independent of
 * the limit; times are whole numbers.
 */
final class ExactDecoder {
  private final Workload workload;
  private final int[] outputs;
  private final DecoderPool pool;
  private final Map<Long, Integer> known = new HashMap<>();

  ExactDecoder(Workload workload, int[] outputs, DecoderPool pool) {
    this.workload = workload;
    this.outputs = outputs;
    this.pool = pool;
  }

  int requests() {
    int all = (1 << outputs.length) - 1;
    if (pool.devices() == 1) {
      return best(0, new int[outputs.length], 0);
    }
    int[] alone = new int[all + 1];
    for (int set = 0; set <= all; set++) {
      known.clear();
      alone[set] = best(0, new int[outputs.length], all & ~set);
    }
    int[] together = alone.clone();
    for (int device = 1; device < pool.devices(); device++) {
      for (int set = all; set >= 0; set--) {
        for (int part = set; part > 0; part = (part - 1) & set) {
          together[set] = Math.max(together[set], alone[part] + together[set & ~part]);
        }
      }
    }
    return together[all];
  }

  /** Returns how many requests can still be served, from a time on, with tokens done so far. */
  private int best(int now, int[] tokens, int over) {
    int open = over;
    for (int i = 0; i < tokens.length; i++) {
      if (workload.goodputDeadlineNanos(i) <= now) {
        open |= 1 << i;
        tokens[i] = 0;
      }
    }
    if (open == (1 << tokens.length) - 1) {
      return 0;
    }
    long key = now * 64L + open;
    for (int done : tokens) {
      key = key * 16 + done;
    }
    Integer before = known.get(key);
    if (before == null) {
      before =
          Math.max(later(now, tokens, open), choose(0, new int[tokens.length], tokens, now, open));
      known.put(key, before);
    }
    return before;
  }

  private int later(int now, int[] tokens, int over) {
    int next = Integer.MAX_VALUE;
    for (int i = 0; i < tokens.length; i++) {
      if ((over >>> i & 1) == 0 && workload.arrivalNanos(i) > now) {
        next = Math.min(next, (int) workload.arrivalNanos(i));
      }
    }
    return next == Integer.MAX_VALUE ? 0 : best(next, tokens.clone(), over);
  }

  /** Tries for each request from i on: give up, wait, decode, or prefill some tokens. */
  private int choose(int i, int[] step, int[] tokens, int now, int over) {
    if (i == tokens.length) {
      return run(step, tokens, now, over);
    }
    step[i] = 0;
    int best = choose(i + 1, step, tokens, now, over);
    if ((over >>> i & 1) == 1 || workload.arrivalNanos(i) > now) {
      return best;
    }
    int most = Math.max(1, workload.length(i) - tokens[i]);
    for (int more = 1; more <= most; more++) {
      step[i] = more;
      best = Math.max(best, choose(i + 1, step, tokens, now, over));
    }
    if (tokens[i] > 0) {
      int held = tokens[i];
      tokens[i] = 0;
      step[i] = 0;
      best = Math.max(best, choose(i + 1, step, tokens, now, over));
      tokens[i] = held;
    }
    step[i] = 0;
    return best;
  }

  private int run(int[] step, int[] tokens, int now, int over) {
    int sequences = 0;
    long blocks = 0;
    double nanos = pool.step().alphaNanos();
    int[] after = tokens.clone();
    for (int i = 0; i < step.length; i++) {
      after[i] += step[i];
      blocks += pool.blocksOf(after[i]);
      if (step[i] > 0) {
        sequences++;
        boolean decodes = tokens[i] >= workload.length(i);
        nanos += decodes ? pool.step().gammaNanos() : step[i] * pool.step().betaNanos();
      }
    }
    if (sequences == 0 || sequences > pool.slots() || blocks > pool.blocks()) {
      return 0;
    }
    int end = now + (int) nanos;
    int served = 0;
    int left = over;
    for (int i = 0; i < step.length; i++) {
      if (after[i] == workload.length(i) + outputs[i] - 1) {
        served += end <= workload.goodputDeadlineNanos(i) ? 1 : 0;
        left |= 1 << i;
        after[i] = 0;
      }
    }
    return served + best(end, after, left);
  }
}
