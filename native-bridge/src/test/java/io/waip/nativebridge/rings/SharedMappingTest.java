package io.waip.nativebridge.rings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.nativebridge.rings.ServiceTable.Lengths;
import io.waip.nativebridge.rings.ServiceTable.Padding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMappingTest {
  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void create() throws IOException {
    file = MappingFile.create(folder.resolve("rings"), 7);
  }

  @Test
  void attachesToAMappingOfItsVersion() throws IOException {
    try (SharedMapping mapping = SharedMapping.attach(file)) {
      assertThat(mapping.epoch()).isEqualTo(7);
      assertThat(mapping.isAbandoned()).isFalse();
      assertThat(mapping.channels()).hasSize(SharedMapping.CHANNELS);
      assertThat(mapping.slots()).isEqualTo(SharedMapping.SLOTS);
    }
  }

  @Test
  void refusesAnotherVersionAndNamesBoth() throws IOException {
    MappingFile.patch(file, RingsAbi.HEADER_VERSION, 99);
    assertThatThrownBy(() -> SharedMapping.attach(file))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("version 99, needed is " + RingsAbi.VERSION);
  }

  @Test
  void refusesWhatIsNoMapping() throws IOException {
    MappingFile.patch(file, RingsAbi.HEADER_MAGIC, 0);
    assertThatThrownBy(() -> SharedMapping.attach(file)).isInstanceOf(MappingException.class);
    Path small = Files.write(folder.resolve("small"), new byte[100]);
    assertThatThrownBy(() -> SharedMapping.attach(small)).isInstanceOf(MappingException.class);
    assertThatThrownBy(() -> SharedMapping.attach(folder.resolve("absent")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void refusesAMappingThatIsShorterThanItSays() throws IOException {
    Path cut = folder.resolve("cut");
    Files.write(cut, Files.newInputStream(file).readNBytes(8192));
    assertThatThrownBy(() -> SharedMapping.attach(cut))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("8192 bytes");
  }

  @Test
  void twoMappingsOfAFileSeeEachOther() throws IOException {
    try (SharedMapping planner = SharedMapping.attach(file);
        SharedMapping front = SharedMapping.attach(file)) {
      RehearsalFront half = new RehearsalFront(front, 3);
      half.open("embed", "minilm", ChannelView.FRONT, 8);
      half.instances(2);
      half.variantInstances(1, 4);
      ChannelView channel = planner.channels().get(3);
      assertThat(channel.isOpen()).isTrue();
      assertThat(channel.model()).isEqualTo("embed");
      assertThat(channel.defaultVariant()).isEqualTo("minilm");
      assertThat(channel.maxBatch()).isEqualTo(8);
      assertThat(channel.instances()).isEqualTo(2);
      assertThat(channel.variantInstances(1)).isEqualTo(4);
      planner.heartbeat(42);
      assertThat(half.heartbeatNanos()).isEqualTo(42);
      half.abandon();
      assertThat(planner.isAbandoned()).isTrue();
    }
  }

  @Test
  void tableIsInForceForTheGenerationItWasWrittenFor() throws IOException {
    try (SharedMapping mapping = SharedMapping.attach(file)) {
      RehearsalFront half = new RehearsalFront(mapping, 0);
      half.open("embed", "minilm", ChannelView.FRONT, 8);
      ChannelView channel = mapping.channels().get(0);
      ServiceTable table =
          new ServiceTable(
              true,
              List.of("minilm", "minilm_int8"),
              Optional.of(
                  new Lengths("ids", 1, Optional.of(new Padding(5, "mask", List.of("hidden"))))));
      channel.write(table, channel.generation());
      assertThat(half.isPlanned()).isTrue();
      channel.write(table.withPlanned(false), channel.generation());
      assertThat(half.hasTable()).isTrue();
      assertThat(half.isPlanned()).isFalse();
      half.close();
      half.open("embed", "minilm", ChannelView.FRONT, 8);
      assertThat(half.hasTable()).isFalse();
    }
  }

  @Test
  void aNameWithoutAnEndIsNoName() throws IOException {
    try (SharedMapping mapping = SharedMapping.attach(file)) {
      for (int i = 0; i < RingsAbi.NAME_BYTES; i += Integer.BYTES) {
        long offset = RingsAbi.CHANNELS_OFFSET + RingsAbi.CHANNEL_MODEL + (long) i;
        SharedMemory.setInt(mapping.memory(), offset, 0x41414141);
      }
      assertThat(mapping.channels().get(0).model()).isEmpty();
    }
  }

  @Test
  void garbageInAChannelHeaderIsHeldInRange() throws IOException {
    try (SharedMapping mapping = SharedMapping.attach(file)) {
      RehearsalFront half = new RehearsalFront(mapping, 0);
      half.open("m", "d", ChannelView.FRONT, -3);
      half.instances(Integer.MAX_VALUE);
      half.foreign(-1);
      ChannelView channel = mapping.channels().get(0);
      assertThat(channel.maxBatch()).isZero();
      assertThat(channel.instances()).isEqualTo(1024);
      assertThat(channel.foreign()).isZero();
      assertThat(channel.variantInstances(16)).isZero();
    }
  }

  @Test
  void aTurnTheProtocolCannotGiveBreaksTheRing() throws IOException {
    try (SharedMapping mapping = SharedMapping.attach(file)) {
      ChannelView channel = mapping.channels().get(0);
      assertThat(channel.isBroken()).isFalse();
      MappingFile.patch(file, RingsAbi.CHANNELS_OFFSET + (long) RingsAbi.SUBMIT_OFFSET, 77);
      assertThat(channel.isBroken()).isTrue();
      assertThat(channel.submits().poll()).isFalse();
    }
  }

  @Test
  void hashOfANameIsFnv1a() {
    // Published test vectors of FNV-1a, 64 bit.
    assertThat(NameHash.of("")).isEqualTo(0xcbf29ce484222325L);
    assertThat(NameHash.of("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(NameHash.of("foobar")).isEqualTo(0x85944171f73967e8L);
  }
}
