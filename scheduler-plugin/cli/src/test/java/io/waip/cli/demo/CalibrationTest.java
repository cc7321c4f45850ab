package io.waip.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.cli.demo.load.TextPool;
import io.waip.cli.text.TextCorpus;
import io.waip.cli.text.TextTokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void measuresTheAgreementOfTheVariantsAndTheTimeOfOneRequest() throws InterruptedException {
    List<String> texts = TextCorpus.bundled().texts().subList(0, 24);
    TextPool pool;
    try (TextTokenizer tokenizer = TextTokenizer.miniLm(DemoModels.MAX_LENGTH)) {
      pool = TextPool.of(tokenizer.encodeAll(texts));
    }
    Calibration calibration = Calibration.measure(RealModels.both(), pool, 24);
    // Measured over 1000 texts: mean 0.990, least 0.972.
    assertThat(calibration.quality()).isBetween(0.98, 0.9999);
    assertThat(calibration.leastQuality()).isBetween(0.94, calibration.quality());
    assertThat(calibration.references()).hasSize(24);
    assertThat(calibration.singleMillis()).allMatch(millis -> millis > 0.01);
  }
}
