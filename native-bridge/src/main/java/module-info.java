/** The native side of the planner behind types without {@code java.lang.foreign}. */
module io.waip.nativebridge {
  requires static transitive org.jspecify;

  exports io.waip.nativebridge;
  exports io.waip.nativebridge.rings;
}
