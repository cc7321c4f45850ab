package io.waip.scheduler.plan.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How many gangs hold each configuration, and how their time is divided.
 *
 * <p>Gangs of one configuration are alike, so their times may be added: with {@code n} gangs of a
 * configuration and {@code t_i} the time of its option {@code i} on all of them, {@code sum t_i <=
 * n}. With whole {@code n} and all maximal configurations this is the problem itself.
 *
 * <p>The whole numbers are, in this order, the gangs by supply and degree, then those by
 * configuration. The first follow from the others; they are there to be branched on.
 */
final class GangProgram {
  private final Instance instance;
  private final List<Configuration> configurations;
  private final List<Configuration> classes;
  private final int[] classOf;

  /**
   * A solution of the relaxation.
   *
   * @param objective that the goal makes large
   * @param counts of the whole numbers, not necessarily whole
   * @param times by configuration and option
   * @param prices of the gangs of each configuration: what one more adds to the objective
   */
  @SuppressWarnings("ArrayRecordComponent") // Read by index in inner loops; nobody changes them.
  record Relaxed(double objective, double[] counts, double[][] times, double[] prices) {}

  /**
   * A question.
   *
   * @param goal what to make large
   * @param leastValue served value per second from below; negative infinity for none
   */
  record Aim(Goal goal, double leastValue) {
    static Aim of(Goal goal) {
      return new Aim(goal, Double.NEGATIVE_INFINITY);
    }
  }

  /** Bounds of the whole numbers. */
  @SuppressWarnings("ArrayRecordComponent") // Read by index in inner loops; nobody changes them.
  record Bounds(double[] lower, double[] upper) {
    Bounds with(int number, double least, double most) {
      double[] low = lower.clone();
      double[] high = upper.clone();
      low[number] = Math.max(low[number], least);
      high[number] = Math.min(high[number], most);
      return new Bounds(low, high);
    }
  }

  GangProgram(Instance instance, List<Configuration> configurations) {
    this.instance = instance;
    this.configurations = configurations;
    classes = new ArrayList<>();
    classOf = new int[configurations.size()];
    for (int c = 0; c < classOf.length; c++) {
      Configuration each = configurations.get(c);
      Configuration kind = new Configuration(each.device(), each.degree(), new int[0]);
      int known =
          IntStream.range(0, classes.size()).filter(k -> same(k, kind)).findFirst().orElse(-1);
      classOf[c] = known < 0 ? classes.size() : known;
      if (known < 0) {
        classes.add(kind);
      }
    }
  }

  private boolean same(int known, Configuration kind) {
    Configuration each = classes.get(known);
    return each.device() == kind.device() && each.degree() == kind.degree();
  }

  /** Returns how many whole numbers there are. */
  int numbers() {
    return classes.size() + configurations.size();
  }

  /** Returns the configurations and their options, {@code >= 1}. */
  int size() {
    return 1 + configurations.stream().mapToInt(each -> 1 + each.options().length).sum();
  }

  /** Returns bounds that only the supply sets. */
  Bounds open() {
    double[] upper = new double[numbers()];
    for (int i = 0; i < upper.length; i++) {
      Configuration kind =
          i < classes.size() ? classes.get(i) : configurations.get(i - classes.size());
      upper[i] = Math.floorDiv(instance.devices.get(kind.device()).count(), kind.degree());
    }
    return new Bounds(new double[numbers()], upper);
  }

  /** Returns bounds that allow one layout, of configurations known here. */
  Bounds only(Layout layout) {
    Bounds bounds = open();
    double[] upper = bounds.upper;
    for (int c = 0; c < classOf.length; c++) {
      upper[classes.size() + c] = layout.count(configurations.get(c));
    }
    double[] lower = upper.clone();
    Arrays.fill(lower, 0, classes.size(), 0);
    return new Bounds(lower, upper);
  }

  /** Returns the layout of whole counts. */
  Layout layout(double[] counts) {
    Layout layout = Layout.EMPTY;
    for (int c = 0; c < classOf.length; c++) {
      layout = layout.plus(configurations.get(c), (int) Math.round(counts[classes.size() + c]));
    }
    return layout;
  }

  /** Returns the best division, gangs divisible within the bounds; empty where there is none. */
  Optional<Relaxed> solve(Aim aim, Bounds bounds) {
    Rows rows = new Rows(instance, aim.goal, aim.leastValue);
    int[] number = new int[numbers()];
    int[] classRow = new int[classes.size()];
    for (int k = 0; k < classes.size(); k++) {
      number[k] = rows.program.variable(bounds.lower[k], bounds.upper[k]);
      classRow[k] = rows.program.row(0, 0);
      rows.program.add(classRow[k], number[k], -1);
    }
    int[] timeRow = new int[classOf.length];
    int[][] time = new int[classOf.length][];
    for (int c = 0; c < classOf.length; c++) {
      int index = classes.size() + c;
      Configuration each = configurations.get(c);
      number[index] = rows.program.variable(bounds.lower[index], bounds.upper[index]);
      rows.addGangs(number[index], each.device(), each.degree());
      rows.program.add(classRow[classOf[c]], number[index], 1);
      timeRow[c] = rows.program.row(Double.NEGATIVE_INFINITY, 0);
      rows.program.add(timeRow[c], number[index], -1);
      time[c] = times(rows, each, timeRow[c]);
    }
    return rows.program.maximise().map(found -> relaxed(found, number, time, timeRow));
  }

  private static int[] times(Rows rows, Configuration configuration, int timeRow) {
    int[] time = new int[configuration.options().length];
    for (int i = 0; i < time.length; i++) {
      time[i] = rows.program.variable(0, Double.POSITIVE_INFINITY);
      rows.addTime(time[i], configuration.options()[i]);
      rows.program.add(timeRow, time[i], 1);
    }
    return time;
  }

  private static Relaxed relaxed(
      LinearProgram.Solution found, int[] number, int[][] time, int[] timeRow) {
    double[] values = found.values();
    return new Relaxed(
        found.value(),
        Arrays.stream(number).mapToDouble(i -> values[i]).toArray(),
        Arrays.stream(time)
            .map(each -> Arrays.stream(each).mapToDouble(i -> values[i]).toArray())
            .toArray(double[][]::new),
        Arrays.stream(timeRow).mapToDouble(row -> found.prices()[row]).toArray());
  }
}
