package io.waip.replay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged traces are read with the same order and ranges as whole ones, or refused in one line. */
class TraceFuzzTest {
  private static final int TRIES = 2000;
  private static final String JUNK = "0123456789.,-+eE{}[]\"': \n\r\0\u00ffaN";

  @TempDir private Path folder;

  private static Stream<String> traces() {
    return Stream.of(
        """
        arrival_ms,length,tenant,tier,deadline_ms
        1,5,a,offline,50
        2.5,6,b,nearline,1
        """,
        """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2023-11-16 18:15:46.68,374,44
        2023-11-16 18:15:50.9951690,396,109
        """,
        """
        Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
        5,GPT-4,472,18,490,API log
        45,GPT-4,1087,230,1317,API log
        """,
        """
        {"timestamp": 0, "input_length": 5, "output_length": 1, "hash_ids": [0, 1]}
        {"timestamp": 9, "input_length": 5, "output_length": 1, "hash_ids": []}
        """,
        """
        client,window_start_s,rate_rps,cv,arrival_pattern,arg1,arg2
        0,0,0.1,1,Gamma,1,1
        0,600,0.1,1,Weibull,1,1
        """);
  }

  @ParameterizedTest
  @MethodSource("traces")
  void readsOrRefusesDamagedTraces(String whole) throws IOException {
    Files.writeString(
        folder.resolve("t_lengths.csv"),
        """
        client,window_start_s,field,mean,p50,p90,p95,p99,max
        0,0,input_tokens,5,5,5,5,5,5
        0,0,output_tokens,5,5,5,5,5,5
        """);
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] damaged = damaged(whole.getBytes(StandardCharsets.UTF_8), random);
      read += isRead(Files.write(folder.resolve("t_windows.csv"), damaged)) ? 1 : 0;
    }
    assertThat(read).isBetween(TRIES / 50, TRIES - TRIES / 10);
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int at = random.nextInt(bytes.length);
    byte junk = (byte) JUNK.charAt(random.nextInt(JUNK.length()));
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] = junk;
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> {
        bytes = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(whole, at, bytes, at + 1, whole.length - at);
        bytes[at] = junk;
      }
      default -> {
        bytes = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(whole, at + 1, bytes, at, whole.length - at - 1);
      }
    }
    return bytes;
  }

  private static boolean isRead(Path file) {
    try {
      Trace trace = TraceReader.read(file, new TraceCut(0, Long.MAX_VALUE, 10_000), 1);
      assertThat(trace.arrivalNanos()).isSorted();
      assertThat(trace.arrivalNanos()[0]).isZero();
      for (int i = 0; i < trace.size(); i++) {
        assertThat(trace.length(i)).isBetween(1, 10_000_000);
        assertThat(trace.tenant(i)).isBetween(0, trace.tenantNames().size() - 1);
      }
      return true;
    } catch (TraceFormatException e) {
      assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
      assertThat(e).hasMessageContaining("; allowed: ").hasMessageContaining("; remedy: ");
      return false;
    }
  }
}
