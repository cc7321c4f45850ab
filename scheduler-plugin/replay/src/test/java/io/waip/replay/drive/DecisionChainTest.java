package io.waip.replay.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.api.Outcome;
import io.waip.api.Reason;
import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.schedule.Batch;
import io.waip.api.schedule.EndpointState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecisionChainTest {
  private static final RequestDescriptor REQUEST =
      new RequestDescriptor()
          .reset(11, 1, 2)
          .tier(Tier.NEARLINE)
          .length(7)
          .arrivalNanos(90)
          .deadlineNanos(500)
          .qualityFloor(0.5)
          .region(3);

  /** Requests 0, 1, ... */
  private record Requests(int size) implements Batch {
    @Override
    public long dispatchId() {
      return 21;
    }

    @Override
    public int endpoint() {
      return 4;
    }

    @Override
    public int variant() {
      return 5;
    }

    @Override
    public int paddedLength() {
      return 6;
    }

    @Override
    public long predictedNanos() {
      return 77;
    }

    @Override
    public long requestId(int i) {
      return i;
    }
  }

  private static String sha256(LongStream words) throws NoSuchAlgorithmException {
    long[] all = words.toArray();
    ByteBuffer bytes = ByteBuffer.allocate(all.length * Long.BYTES);
    bytes.asLongBuffer().put(all);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }

  @Test
  void hashesEachEntryAsWords() throws NoSuchAlgorithmException {
    DecisionChain chain = new DecisionChain();
    chain.arrived(100, REQUEST);
    chain.completed(101, 21, 9);
    chain.timer(102);
    chain.dispatch(new Requests(2));
    chain.ended(11, Outcome.EVICTED, Reason.EXPIRED, 8);
    chain.wakeAt(103);
    chain.failed(104, 22);
    chain.changed(105, new EndpointEvent.StateChange(105, 4, EndpointState.DOWN));
    chain.changed(106, new EndpointEvent.Slowdown(106, 4, 2));

    LongStream words =
        Stream.of(
                arrived(),
                LongStream.of(2, 101, 21, 9),
                LongStream.of(3, 102),
                LongStream.of(4, 21, 4, 5, 2, 6, 77, 0, 1),
                LongStream.of(5, 11, Outcome.EVICTED.ordinal(), Reason.EXPIRED.ordinal(), 8),
                LongStream.of(6, 103),
                LongStream.of(7, 104, 22),
                LongStream.of(8, 105, 4, EndpointState.DOWN.ordinal()),
                LongStream.of(9, 106, 4, Double.doubleToLongBits(2)))
            .flatMapToLong(entry -> entry);
    assertThat(chain.finish()).isEqualTo(sha256(words));
  }

  private static LongStream arrived() {
    long half = Double.doubleToLongBits(0.5);
    return LongStream.of(1, 100, 11, 1, 2, Tier.NEARLINE.ordinal(), 7, 90, 500, half, 3);
  }

  @Test
  void aBatchMayBeLongerThanTheBuffer() throws NoSuchAlgorithmException {
    int members = 20_000;
    DecisionChain chain = new DecisionChain();
    chain.wakeAt(1);
    chain.dispatch(new Requests(members));
    LongStream head = LongStream.of(6, 1, 4, 21, 4, 5, members, 6, 77);
    assertThat(chain.finish())
        .isEqualTo(sha256(LongStream.concat(head, LongStream.range(0, members))));
  }
}
