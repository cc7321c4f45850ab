package io.waip.cli.profile;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** A profile for people. */
final class ProfileTable {
  private static final double NANOS_PER_MILLI = 1e6;

  private final PrintWriter out;

  ProfileTable(PrintWriter out) {
    this.out = out;
  }

  void print(ModelFile model, String device, int threads, Profiler.Profile profile) {
    out.printf(
        Locale.ROOT,
        "%n%s on %s, %d thread%s%n",
        model.variant(),
        device,
        threads,
        plural(threads));
    out.printf(
        Locale.ROOT,
        "%8s %8s %11s %9s %11s %8s%n",
        "batch",
        "length",
        "median_ms",
        "+-_%",
        "p99_ms",
        "samples");
    profile.shapes().forEach(this::row);
    out.printf(
        Locale.ROOT,
        "%d of %d medians are known as well as asked, after %.1f s%n",
        profile.settled(),
        profile.shapes().size() + profile.leftOut().size(),
        profile.spent().toMillis() / 1e3);
    out.printf(
        Locale.ROOT,
        "the machine's jitter: the same arithmetic took %.3f ms, and %.2f times that in 1 of 100%n",
        profile.jitter().medianNanos() / NANOS_PER_MILLI,
        profile.jitter().p99OverMedian());
    profile
        .leftOut()
        .forEach(shape ->
            out.printf(
                Locale.ROOT,
                "left out, for want of time: batch %d, length %d%n",
                shape.batch(),
                shape.length()));
    out.flush();
  }

  private void row(ShapeTimes shape) {
    out.printf(
        Locale.ROOT,
        "%8d %8d %11.4f %9.2f %11s %8d%n",
        shape.batch(),
        shape.length(),
        shape.medianNanos() / NANOS_PER_MILLI,
        100 * shape.uncertainty(),
        shape.p99Nanos().isPresent()
            ? String.format(Locale.ROOT, "%.4f", shape.p99Nanos().getAsDouble() / NANOS_PER_MILLI)
            : "-",
        shape.count());
  }

  private static String plural(int count) {
    return count == 1 ? "" : "s";
  }

  void written(Path file) {
    out.println(file + ": for 'waip fit --input'");
    out.flush();
  }
}
