package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

@AddLifecycleHook(value = NativePart.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class FfmBatchAssemblerTest extends BatchAssemblerContract {
  private static final class Shared {
    private static final BatchAssembler FFM = BatchAssemblers.ffm();
  }

  @Override
  BatchAssembler assembler() {
    return Shared.FFM;
  }

  @Example
  void isNamedInReports() {
    assertThat(assembler().name()).isEqualTo("ffm");
  }
}
