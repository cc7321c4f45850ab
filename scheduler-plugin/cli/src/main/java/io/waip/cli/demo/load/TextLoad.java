package io.waip.cli.demo.load;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.replay.drive.RequestSource;
import io.waip.replay.trace.Workload;
import java.util.Random;

/**
 * Requests of one window in order of their intended send time: when, which text, which tier. The
 * interactive tenant is tenant 0, the offline one tenant 1. Immutable.
 */
public final class TextLoad implements RequestSource {
  /** Name of the tenant whose requests have a deadline. */
  public static final String INTERACTIVE_TENANT = "interactive";

  /** Name of the tenant whose requests have none and count when answered within the window. */
  public static final String OFFLINE_TENANT = "offline";

  private final TextPool texts;
  private final Window window;
  private final Workload requests;
  private final int[] text;

  /**
   * The measured window and the objective.
   *
   * @param sloNanos longest time from intended send to answer of a request with a deadline
   * @param nanos length; requests are sent in {@code [0, nanos)}
   */
  public record Window(long sloNanos, long nanos) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Window {
      if (sloNanos <= 0 || nanos <= 0) {
        throw new IllegalArgumentException(
            "slo and window must be positive, are %d and %d ns".formatted(sloNanos, nanos));
      }
    }

    /** Returns the length in seconds. */
    public double seconds() {
      return nanos / 1e9;
    }
  }

  private TextLoad(TextPool texts, Window window, Workload requests, int[] text) {
    this.texts = texts;
    this.window = window;
    this.requests = requests;
    this.text = text;
  }

  /**
   * Draws a text and a tier for each arrival.
   *
   * @param sendNanos intended send times from the start of the window, not decreasing, at least one
   * @param interactiveShare share of interactive requests, {@code [0, 1]}
   */
  public static TextLoad draw(
      TextPool texts, Window window, long[] sendNanos, double interactiveShare, long seed) {
    Random random = new Random(seed);
    int[] text = new int[sendNanos.length];
    Workload.Builder requests = new Workload.Builder(window.nanos());
    for (int i = 0; i < sendNanos.length; i++) {
      text[i] = random.nextInt(texts.size());
      int length = texts.length(text[i]);
      if (random.nextDouble() < interactiveShare) {
        long deadline = sendNanos[i] + window.sloNanos();
        requests.add(sendNanos[i], length, Tier.INTERACTIVE, 0, deadline);
      } else {
        requests.add(sendNanos[i], length, Tier.OFFLINE, 1, RequestDescriptor.NO_DEADLINE);
      }
    }
    return new TextLoad(texts, window, requests.build(), text);
  }

  /** Returns the window its requests are sent in. */
  public Window window() {
    return window;
  }

  /** Returns the texts its requests are drawn from. */
  public TextPool texts() {
    return texts;
  }

  /** Returns the requests without their texts. */
  public Workload requests() {
    return requests;
  }

  /** Returns the index of the text of a request. */
  public int text(int i) {
    return text[i];
  }

  /** Returns the token ids of a request, {@code int64 [length]}, not a copy. */
  public long[] tokens(int i) {
    return texts.tokens(text[i]);
  }

  /** Returns the length of a request in tokens. */
  public int length(int i) {
    return requests.length(i);
  }

  /** Returns the tier of a request. */
  public Tier tier(int i) {
    return requests.tier(i);
  }

  /** Returns the tenant of a request. */
  public String tenant(int i) {
    return requests.tenant(i) == 0 ? INTERACTIVE_TENANT : OFFLINE_TENANT;
  }

  /** Returns the last time at which the answer of a request counts as goodput. */
  public long lastUsefulNanos(int i) {
    return requests.goodputDeadlineNanos(i);
  }

  /** Returns the offered requests per second of window. */
  public double offeredRps() {
    return requests.offeredPerSecond();
  }

  @Override
  public int size() {
    return requests.size();
  }

  @Override
  public long arrivalNanos(int i) {
    return requests.arrivalNanos(i);
  }

  @Override
  public void describe(int i, RequestDescriptor descriptor) {
    requests.describe(i, descriptor);
  }
}
