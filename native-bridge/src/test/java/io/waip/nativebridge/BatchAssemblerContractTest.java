package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract itself: it passes a right assembler and fails every planted fault. */
class BatchAssemblerContractTest {
  @Test
  void passesTheAssemblerWithoutFault() {
    assertThat(firstFailure(BatchAssemblers.java())).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void catches(PlantedFault fault) {
    Throwable failure = firstFailure(new FaultyBatchAssembler(fault));
    assertThat(failure).as("the contract's verdict on %s", fault).isNotNull();
  }

  private static @Nullable Throwable firstFailure(BatchAssembler assembler) {
    BatchAssemblerContract contract =
        new BatchAssemblerContract() {
          @Override
          BatchAssembler assembler() {
            return assembler;
          }
        };
    return catchThrowable(() -> checks(contract).forEach(Runnable::run));
  }

  private static List<Runnable> checks(BatchAssemblerContract contract) {
    List<Runnable> checks = new ArrayList<>();
    checks.add(contract::gathersAndMasksTokensFromASlab);
    checks.add(contract::scattersPooledVectorsToSlots);
    checks.add(contract::writesNothingForNoRows);
    checks.add(contract::refusesATensorThatSharesBytesWithARow);
    checks.add(contract::refusesSizesOutOfRange);
    checks.add(contract::refusesATensorOfAnotherElementType);
    checks.add(contract::letsGoOfBuffersAfterEachCall);
    Random random = new Random(20260101);
    for (int i = 0; i < 100; i++) {
      RaggedCase batch = draw(random);
      checks.add(() -> contract.checkGather(batch));
      checks.add(() -> contract.checkMask(batch));
      checks.add(() -> contract.checkScatter(batch));
      checks.add(() -> contract.checkRowLengthRefusal(batch));
      checks.add(() -> contract.checkCapacityRefusal(batch));
    }
    return checks;
  }

  private static RaggedCase draw(Random random) {
    List<Integer> lengths = new ArrayList<>();
    int rows = random.nextInt(8);
    for (int row = 0; row < rows; row++) {
      lengths.add(random.nextInt(12));
    }
    ElementType[] types = ElementType.values();
    return new RaggedCase(
        types[random.nextInt(types.length)],
        1 + random.nextInt(3),
        lengths,
        random.nextInt(2),
        random.nextLong(),
        random.nextLong());
  }
}
