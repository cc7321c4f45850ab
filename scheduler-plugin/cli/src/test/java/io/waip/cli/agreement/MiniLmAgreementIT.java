package io.waip.cli.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waip.api.deployment.Variant;
import io.waip.cli.ProjectFiles;
import io.waip.cli.demo.RealModels;
import io.waip.cli.text.TextCorpus;
import io.waip.cli.text.TextTokenizer;
import io.waip.onnxruntime.ModelVariant;
import io.waip.onnxruntime.SlotModel;
import io.waip.onnxruntime.agreement.ComparedModel;
import io.waip.scheduler.plan.agreement.DegradationDetector;
import io.waip.scheduler.plan.agreement.QualityDesk;
import io.waip.scheduler.plan.agreement.QualityListener;
import io.waip.scheduler.plan.agreement.VariantAgreement;
import io.waip.scheduler.plan.agreement.VariantQuality;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * MiniLM int8 against fp32 on English phrases of the lengths of SST-2's sentences, and int8 with
 * its weights rounded to fewer bits. Prints the figures of docs/planning.md. Needs the lengths of
 * {@code WAIP_SHARED}; takes some three minutes on one core.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // measured before the tests
class MiniLmAgreementIT {
  private static final String LENGTHS = "traces/textlen_sst2_dev.csv";
  private static final int TEXTS = 3_000;
  private static final int[] BATCHES = {1, 4, 16, 32};
  private static final double[] THRESHOLDS = {0.95, 0.97, 0.98, 0.99};

  /** Shares of answers by class of batch sizes. */
  private static final double[] MIX = {0.1, 0.3, 0.4, 0.2};

  private static final double FLOOR = 0.985;
  private static final double RISK = 0.01;

  @TempDir private Path folder;
  private Map<String, SlotModel> models;
  private MeasuredAgreement measured;

  /** Cosines of int8, by class. */
  private List<double[]> int8;

  @BeforeAll
  void measure() throws Exception {
    Path lengths = shared().resolve(LENGTHS);
    assumeTrue(
        Files.isReadable(lengths), "skipped: " + LENGTHS + " is neither in WAIP_SHARED nor beside");
    models = RealModels.forDirectMode();
    try (ComparedModel reference = model("minilm_fp32").compared()) {
      measured = new MeasuredAgreement(texts(lengths), reference);
    }
    int8 = pools(model("minilm_int8"), 2);
  }

  @AfterAll
  void free() {
    if (models != null) {
      models.values().forEach(SlotModel::close);
    }
  }

  private SlotModel model(String name) {
    return Objects.requireNonNull(models.get(name), name);
  }

  private static Path shared() {
    String given = System.getenv("WAIP_SHARED");
    return given == null ? ProjectFiles.at("waip").resolveSibling("../shared") : Path.of(given);
  }

  /** Returns for each length of the file a phrase of the next length there is, drawn by a seed. */
  private static List<long[]> texts(Path lengths) throws IOException {
    TreeMap<Integer, List<long[]>> byLength = new TreeMap<>();
    try (TextTokenizer tokenizer = TextTokenizer.miniLm(64)) {
      for (long[] ids : tokenizer.encodeAll(TextCorpus.bundled().texts())) {
        byLength.computeIfAbsent(ids.length, length -> new ArrayList<>()).add(ids);
      }
    }
    Random random = new Random(1);
    List<long[]> texts = new ArrayList<>();
    for (String row : Files.readAllLines(lengths).stream().skip(1).toList()) {
      int wanted = Integer.parseInt(row.split(",", 2)[1].strip());
      Map.Entry<Integer, List<long[]>> next = byLength.ceilingEntry(wanted);
      List<long[]> fitting =
          Objects.requireNonNull(next == null ? byLength.lastEntry() : next).getValue();
      texts.add(fitting.get(random.nextInt(fitting.size())));
    }
    Collections.shuffle(texts, random);
    return texts.subList(0, TEXTS);
  }

  private List<double[]> pools(SlotModel model, int rounds) throws Exception {
    List<double[]> pools = new ArrayList<>();
    try (ComparedModel compared = model.compared()) {
      for (int batch : BATCHES) {
        double[] all = new double[0];
        for (int round = 0; round < (batch == 1 ? 1 : rounds); round++) {
          double[] more = measured.cosines(compared, batch, round);
          all = Arrays.copyOf(all, all.length + more.length);
          System.arraycopy(more, 0, all, all.length - more.length, more.length);
        }
        Arrays.sort(all);
        pools.add(all);
      }
    }
    return pools;
  }

  private static double share(double[] pool, double threshold) {
    return Arrays.stream(pool).filter(cosine -> cosine >= threshold).count() / (double) pool.length;
  }

  /** Returns the agreement over the mix of batch sizes. */
  private static double quality(List<double[]> pools, double threshold) {
    double quality = 0;
    for (int c = 0; c < MIX.length; c++) {
      quality += MIX[c] * share(pools.get(c), threshold);
    }
    return quality;
  }

  private static int drawClass(SplittableRandom random) {
    double at = random.nextDouble();
    int drawn = 0;
    while (drawn + 1 < MIX.length && at >= MIX[drawn]) {
      at -= MIX[drawn++];
    }
    return drawn;
  }

  private static boolean drawAgrees(List<double[]> pools, int c, double least, SplittableRandom r) {
    double[] pool = pools.get(c);
    return pool[r.nextInt(pool.length)] >= least;
  }

  @SuppressWarnings("AnnotateFormatMethod") // prefixed
  private static void print(String format, Object... values) {
    System.out.println("figures: " + String.format(Locale.ROOT, format, values));
  }

  private static void printPools(String name, List<double[]> pools) {
    for (int c = 0; c < BATCHES.length; c++) {
      double[] pool = pools.get(c);
      print(
          "%s, batches of %d: %d answers, cosine mean %.4f, 1 of 100 below %.4f, least %.4f;"
              + " agreeing at 0.95 %.4f, 0.97 %.4f, 0.98 %.4f, 0.99 %.4f",
          name,
          BATCHES[c],
          pool.length,
          Arrays.stream(pool).average().orElseThrow(),
          pool[pool.length / 100],
          pool[0],
          share(pool, 0.95),
          share(pool, 0.97),
          share(pool, 0.98),
          share(pool, 0.99));
    }
  }

  /** Reads a desk's bound after comparisons drawn as they would be served. */
  @Test
  void theBoundStaysBelowWhatWasMeasuredAndSaysHowMuchTheVariantMayServe() {
    printPools("int8", int8);
    for (double threshold : THRESHOLDS) {
      double truth = quality(int8, threshold);
      SplittableRandom random = new SplittableRandom(17);
      QualityDesk desk = new QualityDesk(List.of("fp32", "int8"), RISK, QualityListener.NONE);
      for (int i = 1; i <= 10_000; i++) {
        int c = drawClass(random);
        serveMix(desk, i);
        desk.compared(1, BATCHES[c], drawAgrees(int8, c, threshold, random));
        if (i == 100 || i == 1_000 || i == 10_000) {
          VariantQuality known = desk.quality(1);
          assertThat(known.quality()).isLessThanOrEqualTo(truth);
          print(
              "cosine >= %.2f: agrees %.4f; after %d comparisons at least %.4f, so with a floor of"
                  + " %.3f int8 may serve %.1f %% of the requests (%.1f %% if the truth were known)",
              threshold,
              truth,
              i,
              known.quality(),
              FLOOR,
              100 * known.mostShare(FLOOR),
              100 * (truth >= FLOOR ? 1 : (1 - FLOOR) / (1 - truth)));
        }
      }
    }
  }

  /** Serves answers so that their mix by class is the one drawn from. */
  private static void serveMix(QualityDesk desk, int turn) {
    if (turn == 1) {
      for (int c = 0; c < MIX.length; c++) {
        for (int n = 0; n < 32_000 * MIX[c] / BATCHES[c]; n++) {
          desk.served(1, BATCHES[c]);
        }
      }
    }
  }

  /** The batches of one class: what a variant agrees alone says little about large batches. */
  @Test
  void int8AgreesLessInBatchesThanAlone() {
    assertThat(share(int8.get(0), 0.99)).isGreaterThan(share(int8.get(3), 0.99) + 0.02);
    double[] shares = {1, 0, 0, 0};
    VariantAgreement alone = new VariantAgreement(RISK);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 5_000; i++) {
      alone.add(1, drawAgrees(int8, 0, 0.99, random));
    }
    assertThat(alone.lower(shares)).isLessThanOrEqualTo(share(int8.get(0), 0.99));
    assertThat(alone.lower(new double[] {0, 0, 0, 1})).isZero();
  }

  @Test
  void damagedWeightsLeaveThePlan() throws Exception {
    byte[] bytes;
    try (InputStream in = MiniLmAgreementIT.class.getResourceAsStream("/all-minilm-l6-v2-q.onnx")) {
      assertThat(in).isNotNull();
      bytes = in.readAllBytes();
    }
    assertThat(OnnxWeights.eightBit(bytes)).as("weights of layers").hasSizeGreaterThan(30);
    double previous = 2;
    for (int bits : new int[] {7, 6, 4}) {
      Path file = Files.write(folder.resolve("bits" + bits), OnnxWeights.rounded(bytes, bits));
      ModelVariant variant = ModelVariant.file(new Variant("damaged", 1, 64, 64), file, 1);
      List<double[]> damaged;
      try (SlotModel model = SlotModel.load(variant, Set.of("token_type_ids"))) {
        damaged = pools(model, 1);
      }
      printPools("weights of " + bits + " bits", damaged);
      for (double threshold : new double[] {0.95, 0.97}) {
        int[] delays = delays(damaged, threshold);
        print(
            "weights of %d bits, cosine >= %.2f: agreement falls from %.4f (relied on %.3f) to"
                + " %.4f; leaves after %d comparisons in the median, %d at most in 99 of 100",
            bits,
            threshold,
            quality(int8, threshold),
            relied(threshold),
            quality(damaged, threshold),
            delays[delays.length / 2],
            delays[delays.length * 99 / 100]);
      }
      double now = quality(damaged, 0.95);
      assertThat(now).isLessThanOrEqualTo(previous);
      previous = now;
    }
    // Weights of 4 bits: nothing of the model is left to rely on.
    assertThat(previous).isLessThan(quality(int8, 0.95) - 0.05);
  }

  /** What a desk watches against, once a plan relies on the bound after 10,000 comparisons. */
  private double relied(double threshold) {
    SplittableRandom random = new SplittableRandom(23);
    QualityDesk desk = new QualityDesk(List.of("fp32", "int8"), RISK, QualityListener.NONE);
    serveMix(desk, 1);
    for (int i = 0; i < 10_000; i++) {
      int c = drawClass(random);
      desk.compared(1, BATCHES[c], drawAgrees(int8, c, threshold, random));
    }
    desk.rely(1, desk.quality(1).quality());
    return desk.quality(1).relied();
  }

  /** Returns the comparisons until each of 100 falls is found; a fall not found counts as most. */
  private int[] delays(List<double[]> damaged, double threshold) {
    int[] delays = new int[100];
    double relied = relied(threshold);
    for (int run = 0; run < delays.length; run++) {
      SplittableRandom random = new SplittableRandom(100 + run);
      DegradationDetector detector = new DegradationDetector(relied, RISK, QualityDesk.HORIZON);
      while (!detector.isDegraded() && delays[run] < QualityDesk.HORIZON) {
        delays[run]++;
        detector.add(drawAgrees(damaged, drawClass(random), threshold, random));
      }
    }
    Arrays.sort(delays);
    return delays;
  }

  /** Sound means: agrees just as often as is relied on. */
  @Test
  void aSoundVariantStays() {
    for (double threshold : THRESHOLDS) {
      double truth = Math.min(quality(int8, threshold), 0.9999);
      int exits = 0;
      for (int run = 0; run < 500; run++) {
        SplittableRandom random = new SplittableRandom(1_000 + run);
        DegradationDetector detector = new DegradationDetector(truth, RISK, QualityDesk.HORIZON);
        for (int i = 0; i < QualityDesk.HORIZON && !detector.isDegraded(); i++) {
          detector.add(drawAgrees(int8, drawClass(random), threshold, random));
        }
        exits += detector.isDegraded() ? 1 : 0;
      }
      print(
          "cosine >= %.2f: %d of 500 sound variants (agreeing %.4f, relied on as much) left within"
              + " %d comparisons",
          threshold, exits, truth, QualityDesk.HORIZON);
      assertThat(exits).isLessThanOrEqualTo(5);
    }
  }
}
