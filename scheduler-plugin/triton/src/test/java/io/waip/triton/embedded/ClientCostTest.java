package io.waip.triton.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a request through the in-process client costs. Times are printed, not judged, but for the
 * rate a load generator needs; memory is judged.
 */
@ExtendWith(TritonCore.class)
@Timeout(120)
class ClientCostTest {
  private static final int REQUESTS = 20_000;
  private static final int ROUNDS = 3;

  /** What the demo's load generator asks for. */
  private static final double NEEDED_PER_SECOND = 1_000;

  /**
   * Four callbacks with JavaCPP's pointers and a name, and two queue nodes; see the printed line.
   */
  private static final double MOST_HEAP_BYTES = 2_048;

  /**
   * 106,000 requests are sent. A request object of Triton's that is not freed takes more than 1 kB,
   * so that a leak shows as over 100 MB; the heap moves by some 10 MB.
   */
  private static final long MOST_GROWTH_KB = 32_768;

  @Test
  void sustainsTheRateOfALoadGeneratorAndKeepsNoMemory() throws Exception {
    try (ModelRepository repository = Identity.repository().add(Identity.model("echo"));
        EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository))) {
      server.load("echo");
      try (InferenceClient client = Identity.client(server, "echo", 32)) {
        run(client, 1);
        run(client, 32);
        long before = residentKb();
        double perSecond = 0;
        for (int round = 0; round < ROUNDS; round++) {
          oneAtATime(client);
          perSecond = run(client, 32);
        }
        double alone = run(client, 1);
        double heapBytes = heapBytesPerRequest(client);
        long grownKb = residentKb() - before;
        System.out.printf(
            "in-process client: %.0f requests/s with 32 in flight, %.0f with 1; %.0f B of heap per"
                + " request on all threads; resident memory grew by %d kB%n",
            perSecond, alone, heapBytes, grownKb);
        assertThat(perSecond).isGreaterThan(NEEDED_PER_SECOND);
        assertThat(heapBytes).isLessThan(MOST_HEAP_BYTES);
        assertThat(grownKb).isLessThan(MOST_GROWTH_KB);
      }
    }
  }

  /** Prints how long a request alone takes, from before it is filled to its completion. */
  private static void oneAtATime(InferenceClient client) {
    long[] nanos = new long[2_000];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      Thread waiting = Thread.currentThread();
      boolean[] done = new boolean[1];
      InferenceCall call = Identity.acquire(client);
      Identity.fill(call, i, 16);
      call.submit(ended -> {
        ended.close();
        synchronized (done) {
          done[0] = true;
        }
        LockSupport.unpark(waiting);
      });
      while (!isSet(done)) {
        LockSupport.park();
      }
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "in-process client, one at a time: p50 %.1f us, p99 %.1f us%n",
        nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3);
  }

  private static boolean isSet(boolean[] flag) {
    synchronized (flag) {
      return flag[0];
    }
  }

  /** Sends requests with so many in flight; returns requests per second. */
  private static double run(InferenceClient client, int inFlight) throws InterruptedException {
    Semaphore room = new Semaphore(inFlight);
    long start = System.nanoTime();
    for (int i = 0; i < REQUESTS; i++) {
      room.acquire();
      InferenceCall call = Identity.acquire(client);
      Identity.fill(call, i, 16);
      call.submit(done -> {
        done.close();
        room.release();
      });
    }
    room.acquire(inFlight);
    return REQUESTS / ((System.nanoTime() - start) / 1e9);
  }

  private static double heapBytesPerRequest(InferenceClient client) throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getTotalThreadAllocatedBytes();
    run(client, 32);
    return (threads.getTotalThreadAllocatedBytes() - before) / (double) REQUESTS;
  }

  /**
   * Memory of the process that lies in RAM; the heap is collected first, so that it varies little.
   */
  private static long residentKb() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException("no VmRSS");
  }

  @Test
  void leavesNoThreadsAndNoFilesBehind() throws Exception {
    Set<String> threads = threads();
    try (ModelRepository repository = Identity.repository().add(Identity.model("echo"));
        EmbeddedServer server = EmbeddedServer.start(EmbeddedSettings.of(repository));
        InferenceClient client = Identity.client(server, "echo", 4)) {
      server.load("echo");
      run(client, 4);
    }
    while (!threads.containsAll(threads())) {
      // Triton's threads leave the JVM as they end.
      Thread.onSpinWait();
    }
    assertThat(unpackedCore()).isNotEmpty().allMatch(line -> line.endsWith("(deleted)"));
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName() + thread.threadId())
        .collect(Collectors.toSet());
  }

  /** Where the process has the core mapped from; the system marks files that are gone. */
  private static List<String> unpackedCore() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> line.contains("libtritonserver.so"))
        .toList();
  }
}
