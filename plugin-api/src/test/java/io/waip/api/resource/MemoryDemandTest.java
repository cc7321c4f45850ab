package io.waip.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.waip.api.resource.MemoryDemand.Sharing;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By hand: Llama-2-7b, 32 layers of 32 heads of 128 elements, 6.74e9 weights, all in 16 bits. */
class MemoryDemandTest {
  private static final Figure PARAMETERS = Figure.of(6.74e9, 1, "model card");
  private static final Figure WORKSPACE = Figure.of(1e9, 0.6, "measured");
  private static final ModelFacts LLAMA =
      new ModelFacts(
          "llama-2-7b",
          ModelFacts.weightBytes(PARAMETERS, 16),
          Optional.of(new KvShape(32, 32, 128, Precision.FP16)),
          WORKSPACE);
  private static final DeviceFacts DEVICE =
      new DeviceFacts(
          "d",
          Figure.of(80e9, 0.9, "sheet"),
          Figure.unknown("rate"),
          Map.of(),
          Figure.unknown("watts"),
          DeviceFacts.idleUnknown("d"));

  @Test
  void aTokenTakesAKeyAndAValueOfEveryHeadOfEveryLayer() {
    assertThat(new KvShape(32, 32, 128, Precision.FP16).bytesPerToken(1)).isEqualTo(524_288);
    // 8 shared heads over 4 devices are 2 each; over 16 devices one each, kept twice.
    KvShape shared = new KvShape(80, 8, 128, Precision.FP8);
    assertThat(shared.bytesPerToken(4)).isEqualTo(2 * 80 * 2 * 128);
    assertThat(shared.bytesPerToken(16)).isEqualTo(2 * 80 * 128);
  }

  @Test
  void weightsOfGroupsCountTheirScales() {
    assertThat(ModelFacts.weightBytes(PARAMETERS, 4.25).value())
        .isCloseTo(6.74e9 * 4.25 / 8, within(1.0));
  }

  @Test
  void sequencesTakeWholeBlocks() {
    MemoryDemand demand = MemoryDemand.of(LLAMA, new Sharing(1, 16), 3, 17);

    assertThat(demand.kvBytes().value()).isEqualTo(3 * 32 * 524_288);
    assertThat(demand.totalBytes().value())
        .isCloseTo(13.48e9 + 3 * 32 * 524_288 + 1e9, within(1.0));
    assertThat(demand.totalBytes().estimate().confidence()).isEqualTo(0.6);
    assertThat(demand.totalBytes().basis())
        .containsExactly("model card", "shape of llama-2-7b", "measured");
  }

  @Test
  void devicesShareWeightsAndHeads() {
    MemoryDemand demand = MemoryDemand.of(LLAMA, new Sharing(2, 1), 1, 1000);

    assertThat(demand.weightBytes().value()).isCloseTo(6.74e9, within(1.0));
    assertThat(demand.kvBytes().value()).isEqualTo(1000 * 262_144);
  }

  @Test
  void asManySequencesFitAsLeaveTheReserve() {
    // 72e9 - 14.48e9 = 57.52e9 for sequences of 2048 * 524,288 = 1.0737e9.
    Figure fit = MemoryDemand.sequencesThatFit(LLAMA, Sharing.NONE, 2048, DEVICE, 0.1);

    assertThat(fit.value()).isEqualTo(53);
    assertThat(fit.estimate().confidence()).isEqualTo(0.6);
    assertThat(MemoryDemand.of(LLAMA, Sharing.NONE, 53, 2048).totalBytes().value())
        .isLessThan(72e9);
    assertThat(MemoryDemand.of(LLAMA, Sharing.NONE, 54, 2048).totalBytes().value())
        .isGreaterThan(72e9);
  }

  @Test
  void nothingFitsWhereTheWeightsDoNot() {
    ModelFacts large = new ModelFacts("large", Figure.of(140e9, 1, "card"), LLAMA.kv(), WORKSPACE);

    assertThat(MemoryDemand.sequencesThatFit(large, Sharing.NONE, 1, DEVICE, 0).value()).isZero();
  }

  @Test
  void unknownPartsStayUnknown() {
    DeviceFacts nobody = DeviceFacts.unknown("nobody's");
    ModelFacts encoder =
        new ModelFacts("minilm", Figure.of(9e7, 1, "file"), Optional.empty(), WORKSPACE);

    assertThat(MemoryDemand.sequencesThatFit(LLAMA, Sharing.NONE, 1, nobody, 0).basis())
        .containsExactly("memory of nobody's");
    assertThat(MemoryDemand.sequencesThatFit(encoder, Sharing.NONE, 1, DEVICE, 0).basis())
        .containsExactly("kv shape of minilm");
    assertThat(MemoryDemand.of(encoder, Sharing.NONE, 5, 128).kvBytes().value()).isZero();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> MemoryDemand.of(LLAMA, Sharing.NONE, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MemoryDemand.sequencesThatFit(LLAMA, Sharing.NONE, 1, DEVICE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Sharing(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KvShape(1, 0, 1, Precision.FP16))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ModelFacts.weightBytes(PARAMETERS, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
