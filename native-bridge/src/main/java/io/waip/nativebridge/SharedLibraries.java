package io.waip.nativebridge;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Opens shared libraries for code that Java does not call itself: through {@code dlopen}, which
 * lets the caller say who sees the symbols, as {@code System.load} does not.
 *
 * <p>A library opened here is never closed. Any thread may call; the system's loader has one lock.
 * Linux only: the flag values are those of glibc's {@code dlfcn.h} on x86-64.
 */
public final class SharedLibraries {
  /** {@code -Dwaip.native=off}: no native code is loaded. */
  public static final String MODE_PROPERTY = NativeSettings.MODE_PROPERTY;

  private static final int RTLD_LAZY = 0x1;
  private static final int RTLD_NOW = 0x2;
  private static final int RTLD_GLOBAL = 0x100;

  /** Longest message read from {@code dlerror}, bytes; a message names a few paths. */
  private static final long MESSAGE_BYTES = 16 * 1024;

  private SharedLibraries() {}

  /** Returns whether native code may be loaded: {@link #MODE_PROPERTY} is not {@code off}. */
  public static boolean isAllowed() {
    return NativeSettings.fromSystemProperties().mode() != NativeSettings.Mode.OFF;
  }

  /** Returns {@code <os>-<arch>} of this machine, such as {@code linux-x86_64}. */
  public static String platform() {
    return NativeSettings.fromSystemProperties().platform();
  }

  /**
   * Returns whether the system finds a library of this name, such as {@code libnuma.so.1}: on its
   * search path, or already loaded under this name. A library that is found is loaded by that and
   * stays so; its symbols are seen by libraries that name it as needed.
   */
  public static boolean isPresent(String soname) {
    return open(soname, RTLD_LAZY) != 0;
  }

  /**
   * Loads a library. Others that name it as needed, by its SONAME, find it from now on; nobody else
   * sees its symbols.
   *
   * @throws UnsatisfiedLinkError if it cannot be loaded; carries the loader's message
   */
  public static void load(Path library) {
    require(library, RTLD_NOW);
  }

  /**
   * Loads a library, or takes it as it is already loaded, and lets every library that is loaded
   * later see its symbols, as those of the program itself are seen.
   *
   * @throws UnsatisfiedLinkError if it cannot be loaded; carries the loader's message
   */
  public static void loadForAll(Path library) {
    require(library, RTLD_NOW | RTLD_GLOBAL);
  }

  /** Returns whether every library loaded from now on would see a symbol of this name. */
  public static boolean isSeenByAll(String symbol) {
    try (Arena arena = Arena.ofConfined()) {
      // RTLD_DEFAULT is a null handle.
      MemorySegment found =
          (MemorySegment) Calls.DLSYM.invokeExact(MemorySegment.NULL, arena.allocateFrom(symbol));
      return found.address() != 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Copies a library packaged in this module at {@code META-INF/native/<os>-<arch>/}.
   *
   * @param name of the library there, such as {@code standin/libnuma.so.1}
   * @param target the file to write; replaced if it exists
   * @throws IOException if it is not packaged for this platform, or cannot be written
   */
  public static void unpack(String name, Path target) throws IOException {
    String resource = "/META-INF/native/" + platform() + "/" + name;
    try (InputStream packed = SharedLibraries.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new IOException("no " + name + " is packaged for " + platform());
      }
      Files.copy(packed, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void require(Path library, int flags) {
    String file = library.toAbsolutePath().toString();
    if (open(file, flags) == 0) {
      throw new UnsatisfiedLinkError(lastError(file));
    }
  }

  private static long open(String file, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle =
          (MemorySegment) Calls.DLOPEN.invokeExact(arena.allocateFrom(file), flags);
      return handle.address();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  // Restricted because the length is not known to Java; dlerror's text ends with a zero byte.
  @SuppressWarnings("restricted")
  private static String lastError(String file) {
    try {
      MemorySegment text = (MemorySegment) Calls.DLERROR.invokeExact();
      return text.address() == 0
          ? file + ": no reason given"
          : text.reinterpret(MESSAGE_BYTES).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      return e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return new IllegalStateException(thrown);
  }

  /** The calls, bound at the first use: with native code off, nothing is. */
  private static final class Calls {
    static final MethodHandle DLOPEN =
        bind("dlopen", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    static final MethodHandle DLSYM =
        bind("dlsym", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    static final MethodHandle DLERROR = bind("dlerror", FunctionDescriptor.of(ADDRESS));

    // Restricted because a wrong descriptor crashes the process; these are those of dlfcn.h.
    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
      SymbolLookup symbols = Linker.nativeLinker().defaultLookup();
      return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
    }
  }
}
