package io.waip.triton;

import java.util.Arrays;

/**
 * The requests of one channel, by the front's slot: what the engine is not told and the decision
 * needs. Grows to the highest slot seen; allocates nothing else. Confined to the planner's thread.
 */
final class SlotBook {
  /** A request whose slot is above is not believed. */
  static final int MAX_SLOTS = 1 << 20;

  static final byte FREE = 0;

  /** Waits for its decision. */
  static final byte HELD = 1;

  /** Was dispatched and has not ended. */
  static final byte DECIDED = 2;

  private static final int FIRST_SLOTS = 1024;
  private static final int CHANNEL_SHIFT = 20;
  private static final int CHANNEL_MASK = 0x1f;
  private static final int OPENING_SHIFT = 25;
  private static final int OPENING_MASK = 0x7f;

  private final int channel;
  private byte[] states = new byte[FIRST_SLOTS];
  private int[] generations = new int[FIRST_SLOTS];
  private int[] lengths = new int[FIRST_SLOTS];
  private int[] rows = new int[FIRST_SLOTS];
  private int[] arms = new int[FIRST_SLOTS];
  private boolean[] alone = new boolean[FIRST_SLOTS];
  private long[] mergeKeys = new long[FIRST_SLOTS];
  private int used;
  private int opening;

  SlotBook(int channel) {
    this.channel = channel;
  }

  /** Begins with no request, for a model that uses the channel from now on. */
  void open() {
    opening = (opening + 1) & OPENING_MASK;
    Arrays.fill(states, 0, used, FREE);
    used = 0;
  }

  static int channelOf(long id) {
    return (int) (id >>> CHANNEL_SHIFT) & CHANNEL_MASK;
  }

  static int slotOf(long id) {
    return (int) id & (MAX_SLOTS - 1);
  }

  static int generationOf(long id) {
    return (int) (id >>> Integer.SIZE);
  }

  /**
   * Returns the engine's id of a request: from the top 32 bits of its generation, 7 that differ
   * each time the channel is opened, 5 of the channel and 20 of the slot.
   */
  long idOf(int slot) {
    return (long) generations[slot] << Integer.SIZE
        | (long) opening << OPENING_SHIFT
        | (long) channel << CHANNEL_SHIFT
        | slot;
  }

  /** Returns the slots that may be other than {@link #FREE}: all below this. */
  int used() {
    return used;
  }

  byte state(int slot) {
    return slot < used ? states[slot] : FREE;
  }

  /** Returns the state of a request, {@link #FREE} where its slot holds another one. */
  byte state(int slot, int generation) {
    return slot >= 0 && slot < used && generations[slot] == generation ? states[slot] : FREE;
  }

  byte stateOf(long id) {
    boolean ofThisModel = ((int) id >>> OPENING_SHIFT & OPENING_MASK) == opening;
    return ofThisModel ? state(slotOf(id), generationOf(id)) : FREE;
  }

  void hold(int slot, int generation, boolean mustRunAlone) {
    if (slot >= states.length) {
      grow(Integer.highestOneBit(slot) * 2);
    }
    used = Math.max(used, slot + 1);
    states[slot] = HELD;
    generations[slot] = generation;
    alone[slot] = mustRunAlone;
  }

  void shape(int slot, int length, int rowCount, long mergeKey) {
    lengths[slot] = length;
    rows[slot] = rowCount;
    mergeKeys[slot] = mergeKey;
  }

  private void grow(int size) {
    states = Arrays.copyOf(states, size);
    generations = Arrays.copyOf(generations, size);
    lengths = Arrays.copyOf(lengths, size);
    rows = Arrays.copyOf(rows, size);
    arms = Arrays.copyOf(arms, size);
    alone = Arrays.copyOf(alone, size);
    mergeKeys = Arrays.copyOf(mergeKeys, size);
  }

  void decided(int slot) {
    states[slot] = DECIDED;
  }

  /** Forgets a request, unless its slot holds another one by now. */
  void free(long id) {
    if (stateOf(id) != FREE) {
      states[slotOf(id)] = FREE;
    }
  }

  /** Notes the order under which a request arrived. */
  void underArm(int slot, int arm) {
    arms[slot] = arm;
  }

  int arm(int slot) {
    return arms[slot];
  }

  int length(int slot) {
    return lengths[slot];
  }

  int rows(int slot) {
    return rows[slot];
  }

  boolean isAlone(int slot) {
    return alone[slot];
  }

  long mergeKey(int slot) {
    return mergeKeys[slot];
  }
}
