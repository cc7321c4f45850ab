package io.waip.nativebridge;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The calls of one loaded {@code libwaip_bridge}, as {@code include/waip/bridge.h} declares them.
 *
 * <p>The handles are constants that take the function's address, so that the compiler inlines them
 * and a test may load a second library. None uses {@code Linker.Option.critical}: its contract (JDK
 * 25, {@code java.lang.foreign.Linker.Option#critical}) asks for "an extremely short running time
 * in all cases", and the bytes of a gather have no such bound. The version call runs once.
 */
final class BridgeLibrary {
  private static final MethodHandle ABI_VERSION = downcall(FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle GATHER =
      downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG));
  private static final MethodHandle MASK =
      downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG));
  private static final MethodHandle SCATTER =
      downcall(FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS));

  private final String origin;
  private final MemorySegment gather;
  private final MemorySegment mask;
  private final MemorySegment scatter;

  private BridgeLibrary(String origin, SymbolLookup symbols) throws NativeUnavailableException {
    this.origin = origin;
    this.gather = find(origin, symbols, "waip_gather");
    this.mask = find(origin, symbols, "waip_mask");
    this.scatter = find(origin, symbols, "waip_scatter");
  }

  /**
   * Binds the calls of a library, after its version was compared with {@link BridgeAbi#VERSION}.
   *
   * @param origin where the library comes from, for messages
   * @throws NativeUnavailableException if a symbol is missing or the version differs
   */
  static BridgeLibrary bind(String origin, SymbolLookup symbols) throws NativeUnavailableException {
    int found = abiVersion(find(origin, symbols, "waip_abi_version"));
    if (found != BridgeAbi.VERSION) {
      throw new NativeUnavailableException(
          "%s: ABI version %d, needed is %d".formatted(origin, found, BridgeAbi.VERSION));
    }
    return new BridgeLibrary(origin, symbols);
  }

  private static MemorySegment find(String origin, SymbolLookup symbols, String name)
      throws NativeUnavailableException {
    return symbols
        .find(name)
        .orElseThrow(() -> new NativeUnavailableException(origin + ": no symbol " + name));
  }

  String origin() {
    return origin;
  }

  int gather(RaggedRows rows, long padded, long padBits, NativeBuffer out) {
    try {
      return (int)
          GATHER.invokeExact(
              gather, rows.descriptor(), padded, padBits, out.segment(), out.byteSize());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int mask(RaggedRows rows, long padded, NativeBuffer out) {
    try {
      return (int) MASK.invokeExact(mask, rows.descriptor(), padded, out.segment(), out.byteSize());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  int scatter(NativeBuffer dense, long padded, RaggedRows rows) {
    try {
      return (int)
          SCATTER.invokeExact(
              scatter, dense.segment(), dense.byteSize(), padded, rows.descriptor());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int abiVersion(MemorySegment function) {
    try {
      return (int) ABI_VERSION.invokeExact(function);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  // Restricted because a wrong descriptor crashes the process; these are checked against bridge.h.
  @SuppressWarnings("restricted")
  private static MethodHandle downcall(FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(descriptor);
  }

  /** A downcall declares Throwable and throws only unchecked ones. */
  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      return e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return new IllegalStateException(thrown);
  }
}
