package io.waip.cli.bench.planner;

import io.waip.cli.control.ControlLines;
import io.waip.cli.control.ControlPlan;
import io.waip.cli.control.ControlStep;
import io.waip.cli.control.ControlThread;
import io.waip.cli.control.SeenWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The windows of an arm and what came of them. Written by the control thread, read by others. */
final class ArmLog implements ControlThread.Listener {
  private final Consumer<String> said;
  private final List<SeenWindow> windows = new ArrayList<>();
  private final List<ControlStep> steps = new ArrayList<>();

  ArmLog(Consumer<String> said) {
    this.said = said;
  }

  @Override
  public synchronized void stepped(SeenWindow window, ControlStep step, ControlPlan proven) {
    windows.add(window);
    steps.add(step);
    said(line(window, step));
  }

  @Override
  public void said(String line) {
    said.accept(line);
  }

  synchronized List<SeenWindow> windows() {
    return List.copyOf(windows);
  }

  synchronized List<ControlStep> steps() {
    return List.copyOf(steps);
  }

  /** Returns what a step says, without what differs between runs. */
  static String line(SeenWindow window, ControlStep step) {
    return String.format(
        Locale.ROOT,
        "%d requests, %.3f in time, %.3f forecast, noise %.2f: %s",
        window.arrivals().size(),
        step.judged().usual().goodShare(),
        step.judged().usualForecast().goodShare(),
        step.noise(),
        ControlLines.of(step.step()));
  }
}
