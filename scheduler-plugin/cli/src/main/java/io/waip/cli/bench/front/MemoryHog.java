package io.waip.cli.bench.front;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarFile;

/**
 * Runs another program's main class and, once a file appears, fills the heap of their common JVM
 * until it is out of memory. Started in the planner's place by the bench; needs no other class of
 * WAIP.
 */
public final class MemoryHog {
  private static final int POLL_MILLIS = 20;
  private static final int CHUNK_ENTRIES = 1 << 17;

  private MemoryHog() {}

  /**
   * Starts the hog and the program.
   *
   * @param args the file to wait for, the program's jar, then the program's own arguments
   */
  public static void main(String[] args) throws Exception {
    Path trigger = Path.of(args[0]);
    Thread hog = new Thread(() -> fillWhen(trigger), "memory-hog");
    hog.setDaemon(true);
    hog.start();
    Method main = Class.forName(mainClass(args[1])).getMethod("main", String[].class);
    main.invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
  }

  private static String mainClass(String jar) throws java.io.IOException {
    try (JarFile file = new JarFile(jar)) {
      return file.getManifest().getMainAttributes().getValue("Main-Class");
    }
  }

  private static void fillWhen(Path trigger) {
    try {
      while (!Files.exists(trigger)) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      return;
    }
    // Each chunk holds the one before it, so that none is collected.
    Object[] chunk = {};
    while (chunk.length < Integer.MAX_VALUE) {
      Object[] next = new Object[CHUNK_ENTRIES];
      next[0] = chunk;
      chunk = next;
    }
  }
}
