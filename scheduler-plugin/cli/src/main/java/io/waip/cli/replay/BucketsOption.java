package io.waip.cli.replay;

import io.waip.cli.input.UserError;
import io.waip.replay.Replay;
import io.waip.replay.ReplaySpec;
import io.waip.replay.policy.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --buckets} option of {@code waip replay}: to which lengths batches are padded. */
final class BucketsOption {
  private static final String ALLOWED =
      "ascending lengths such as 64,128,512, or auto:1 to auto:64";
  private static final Pattern AUTO = Pattern.compile("auto:([1-9]|[1-5][0-9]|6[0-4])");
  private static final Pattern LENGTHS = Pattern.compile("[1-9]\\d{0,8}(,[1-9]\\d{0,8})*");

  @Option(
      names = "--buckets",
      paramLabel = "L,…|auto:K",
      description =
          "Lengths that the policy waip pads batches to, or the K that pad the requests least"
              + " (default: the longest of each batch).")
  private @Nullable String buckets;

  /**
   * Returns the replay with these lengths, where there are any.
   *
   * @throws UserError if the option is not as it should be, or has no effect
   */
  Replay applyTo(Replay replay, ReplaySpec asked, List<Policy> policies) {
    if (buckets == null) {
      return replay;
    }
    if (!policies.contains(Policy.WAIP)) {
      throw wrong(
          "no policy pads to them", "--buckets with the policy waip", "add waip to --policy");
    }
    if (asked.services().stream().noneMatch(service -> service.cost().dependsOnLength())) {
      throw wrong("no batch has a length", "--buckets with gamma in --cost", "give gamma");
    }
    Matcher auto = AUTO.matcher(buckets);
    if (auto.matches()) {
      return replay.withBuckets(replay.leastPadding(Integer.parseInt(auto.group(1))));
    }
    if (!LENGTHS.matcher(buckets).matches()) {
      throw wrong("'" + buckets + "' is no list of lengths", ALLOWED, "give one of these");
    }
    try {
      return replay.withBuckets(
          Arrays.stream(buckets.split(",", -1)).map(Integer::valueOf).toList());
    } catch (IllegalArgumentException e) {
      throw wrong("'" + buckets + "' does not ascend", ALLOWED, "sort the lengths");
    }
  }

  private static UserError wrong(String what, String allowed, String remedy) {
    return UserError.usage(what, "--buckets", allowed, remedy);
  }
}
