package io.waip.nativebridge;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;

class JavaBatchAssemblerTest extends BatchAssemblerContract {
  @Override
  BatchAssembler assembler() {
    return BatchAssemblers.java();
  }

  @Example
  void isNamedInReports() {
    assertThat(assembler().name()).isEqualTo("java");
  }
}
