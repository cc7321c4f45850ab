package io.waip.nativebridge;

/** Ways to get batch assembly wrong that a plausible implementation could have. */
enum PlantedFault {
  /** Pads with zeros whatever the pad value. */
  PADS_WITH_ZERO,
  /** Loses the last element of the last row. */
  LOSES_THE_LAST_ELEMENT,
  /** Writes the element behind the tensor. */
  WRITES_BEHIND_THE_TENSOR,
  /** Touches the tensor before it refuses. */
  WRITES_BEFORE_IT_REFUSES,
  /** Cuts rows that are too long instead of refusing. */
  CUTS_LONG_ROWS,
  /** Refuses a batch without rows. */
  REFUSES_NO_ROWS,
  /** Reports every fault of sizes as one of capacity. */
  CONFUSES_STATUSES,
  /** Masks all positions as present. */
  MASKS_NOTHING,
  /** Writes a mask of 0 and -1, as comparisons of vectors give. */
  MASKS_WITH_MINUS_ONE,
  /** Scatters one position more than a row has. */
  SCATTERS_PADDING,
  /** Scatters nothing. */
  FORGETS_TO_SCATTER,
  /** Takes the tensor from the second element on. */
  SCATTERS_SHIFTED,
  /** Keeps a buffer pinned. */
  LEAVES_A_PIN
}
