package io.waip.triton;

import io.waip.nativebridge.rings.ChannelView;

/** What the loop keeps about one channel. Confined to the planner's thread. */
final class ChannelDesk {
  private static final int UNKNOWN = -1;

  private final ChannelView view;
  private final PlanningSpec spec;
  private final SlotBook book;
  private final DecisionBacklog backlog = new DecisionBacklog();
  private boolean open;
  private boolean direct;
  private int generation;
  private int service = UNKNOWN;
  private String name = "";
  private int[] models = new int[0];
  private int defaultVariant = UNKNOWN;
  private boolean tableWritten;
  private boolean planned;
  private long openedNanos;

  ChannelDesk(ChannelView view, PlanningSpec spec) {
    this.view = view;
    this.spec = spec;
    book = new SlotBook(view.index());
  }

  ChannelView view() {
    return view;
  }

  SlotBook book() {
    return book;
  }

  DecisionBacklog backlog() {
    return backlog;
  }

  boolean isOpen() {
    return open;
  }

  /** Says whether the front opened, closed or re-opened the channel since the last look. */
  boolean hasChanged() {
    boolean now = view.isOpen();
    return now != open || (now && view.generation() != generation);
  }

  /** Says whether requests of a known service come from here. */
  boolean serves() {
    return open && service != UNKNOWN;
  }

  boolean isDirect() {
    return open && direct;
  }

  /**
   * Takes note of the model that uses the channel now, unless the front is writing about it.
   *
   * <p>The front writes: free, generation, the rest, open. So an "open" that is read after a
   * generation belongs to it, and the rest is whole if the generation is still the same after.
   */
  void open(long nowNanos) {
    generation = view.generation();
    if (!view.isOpen()) {
      return;
    }
    name = view.model();
    int kind = view.kind();
    service = kind == ChannelView.FRONT ? spec.indexOf(name) : UNKNOWN;
    direct = kind == ChannelView.DIRECT;
    if (service != UNKNOWN) {
      findModels();
    }
    open = view.isOpen() && view.generation() == generation;
    openedNanos = nowNanos;
    tableWritten = false;
    book.open();
  }

  private void findModels() {
    ServiceSpec served = spec.services().get(service);
    models = served.variants().stream().mapToInt(v -> spec.models().indexOf(v.model())).toArray();
    defaultVariant = UNKNOWN;
    String usual = view.defaultVariant();
    for (int v = 0; v < models.length; v++) {
      defaultVariant = served.variants().get(v).model().equals(usual) ? v : defaultVariant;
    }
  }

  /** Forgets the model; the requests were dealt with before. */
  void close() {
    open = false;
    service = UNKNOWN;
    backlog.clear();
  }

  int service() {
    return service;
  }

  String name() {
    return name;
  }

  /** Returns the position among the models of all services. */
  int model(int variant) {
    return models[variant];
  }

  /** Returns the instances the front knows of a variant, 0 while unknown. */
  int instances(int variant) {
    int found = view.variantInstances(variant);
    return found == 0 && variant == defaultVariant ? view.instances() : found;
  }

  /** Says whether children of an earlier epoch leave the models no room, shortly after opening. */
  boolean isOccupied(long nowNanos, long patienceNanos) {
    return view.foreign() >= Math.max(1, view.instances())
        && nowNanos - openedNanos < patienceNanos;
  }

  /** Writes the service table if it says something new; true if it did. */
  boolean publish(boolean givesRequests) {
    if (tableWritten && planned == givesRequests) {
      return false;
    }
    view.write(spec.services().get(service).table(givesRequests), generation);
    tableWritten = true;
    planned = givesRequests;
    return true;
  }
}
