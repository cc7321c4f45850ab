package io.waip.cli.demo.load;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.drive.RequestSource;
import java.util.Random;

/**
 * Requests of one window in order of their intended send time: when, which text, which tier. The
 * interactive tenant is tenant 0, the offline one tenant 1. Immutable.
 */
public final class TextLoad implements RequestSource {
  /** Names of the tenants, by index. */
  public static final String INTERACTIVE_TENANT = "interactive";

  /** Name of the tenant without deadlines. */
  public static final String OFFLINE_TENANT = "offline";

  private final TextPool texts;
  private final GoodputRule rule;
  private final long[] sendNanos;
  private final int[] text;
  private final boolean[] interactive;

  private TextLoad(TextPool texts, GoodputRule rule, long[] sendNanos) {
    this.texts = texts;
    this.rule = rule;
    this.sendNanos = sendNanos;
    text = new int[sendNanos.length];
    interactive = new boolean[sendNanos.length];
  }

  /**
   * Draws a text and a tier for each arrival.
   *
   * @param sendNanos intended send times from the start of the window, not decreasing
   * @param interactiveShare share of interactive requests, {@code [0, 1]}
   */
  public static TextLoad draw(
      TextPool texts, GoodputRule rule, long[] sendNanos, double interactiveShare, long seed) {
    TextLoad load = new TextLoad(texts, rule, sendNanos.clone());
    Random random = new Random(seed);
    for (int i = 0; i < sendNanos.length; i++) {
      load.text[i] = random.nextInt(texts.size());
      load.interactive[i] = random.nextDouble() < interactiveShare;
    }
    return load;
  }

  /** Returns the rule by which its requests count. */
  public GoodputRule rule() {
    return rule;
  }

  /** Returns the texts its requests are drawn from. */
  public TextPool texts() {
    return texts;
  }

  /** Returns the index of the text of a request. */
  public int text(int i) {
    return text[i];
  }

  /** Returns the length of a request in tokens. */
  public int length(int i) {
    return texts.length(text[i]);
  }

  /** Returns the tier of a request. */
  public Tier tier(int i) {
    return interactive[i] ? Tier.INTERACTIVE : Tier.OFFLINE;
  }

  /** Returns the tenant of a request. */
  public String tenant(int i) {
    return interactive[i] ? INTERACTIVE_TENANT : OFFLINE_TENANT;
  }

  /** Returns the last time at which the answer of a request counts. */
  public long lastUsefulNanos(int i) {
    return rule.lastUsefulNanos(tier(i), sendNanos[i]);
  }

  /** Returns the offered requests per second of window. */
  public double offeredRps() {
    return size() / rule.windowSeconds();
  }

  @Override
  public int size() {
    return sendNanos.length;
  }

  @Override
  public long arrivalNanos(int i) {
    return sendNanos[i];
  }

  @Override
  public void describe(int i, RequestDescriptor descriptor) {
    descriptor
        .reset(i, 0, interactive[i] ? 0 : 1)
        .tier(tier(i))
        .length(length(i))
        .arrivalNanos(sendNanos[i])
        .deadlineNanos(
            interactive[i] ? sendNanos[i] + rule.sloNanos() : RequestDescriptor.NO_DEADLINE);
  }
}
