package io.waip.scheduler.plan.agreement;

import io.waip.scheduler.plan.agreement.VariantQuality.BatchClass;
import io.waip.scheduler.plan.agreement.VariantQuality.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the evidence on the quality of a service's variants: takes comparisons with the reference,
 * gives lower bounds for the batches that are served, and says when a variant falls below what a
 * plan relies on and when it may return.
 *
 * <p>A variant that left keeps none of its evidence. It returns in two steps: somebody resets it,
 * and then fresh comparisons alone lift its bound to what is asked of it. Control plane: single
 * writer, no clock.
 */
public final class QualityDesk {
  /** No variant. */
  public static final int NONE = -1;

  /** Comparisons within which a sound variant is blamed with a chance of at most the risk. */
  public static final int HORIZON = 20_000;

  /**
   * A detector stays while what is relied on is this far above it at most: plans are made every
   * some seconds, and bounds move a little between them.
   */
  private static final double SLACK = 0.01;

  private static final double STEP = 0.005;

  /** Answers after which older ones count half in the mix of batch sizes. */
  private static final long MIX_ANSWERS = 1 << 16;

  /** Below so many recent answers of its own a variant is tried on batches of the reference. */
  private static final long FEW_ANSWERS = 1_000;

  private final double risk;
  private final QualityListener listener;
  private final List<Book> books = new ArrayList<>();
  private long answers;

  /** The evidence on one variant. */
  private static final class Book {
    final String model;
    final long[] served = new long[VariantAgreement.CLASSES];
    VariantAgreement agreement;
    DegradationDetector detector;
    double relied;
    double asked;
    Standing standing = Standing.IN_USE;

    Book(String model, double risk) {
      this.model = model;
      agreement = new VariantAgreement(risk);
      detector = watching(0.5, risk);
    }

    private static DegradationDetector watching(double relied, double risk) {
      return new DegradationDetector(relied, risk, HORIZON);
    }

    long answers() {
      long sum = 0;
      for (long count : served) {
        sum += count;
      }
      return sum;
    }

    long compared() {
      long sum = 0;
      for (int c = 0; c < VariantAgreement.CLASSES; c++) {
        sum += agreement.samples(c);
      }
      return sum;
    }
  }

  /**
   * Begins without evidence.
   *
   * @param models names of the variants, the reference first
   * @param risk chance that a bound is ever above the truth, and that a sound variant leaves within
   *     {@link #HORIZON} comparisons, for each variant, {@code (0, 1)}
   * @throws IllegalArgumentException if there is no variant or the risk is out of range
   */
  public QualityDesk(List<String> models, double risk, QualityListener listener) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("there is no reference");
    }
    this.risk = risk;
    this.listener = listener;
    models.forEach(model -> books.add(new Book(model, risk)));
  }

  /**
   * Takes an execution that was served, compared or not.
   *
   * @param batch its rows, {@code >= 1}
   */
  public void served(int variant, int batch) {
    books.get(variant).served[VariantAgreement.classOf(batch)] += batch;
    answers += batch;
    if (answers >= MIX_ANSWERS) {
      answers = 0;
      for (Book book : books) {
        for (int c = 0; c < VariantAgreement.CLASSES; c++) {
          book.served[c] /= 2;
          answers += book.served[c];
        }
      }
    }
  }

  /**
   * Returns the variant that is to be tried on a batch of the reference: of those that serve few
   * answers of their own and have not left, the one that was compared least; {@link #NONE} where
   * there is none.
   */
  public int candidate() {
    int found = NONE;
    for (int v = 1; v < books.size(); v++) {
      Book book = books.get(v);
      boolean wanted = book.standing != Standing.LEFT && book.answers() < FEW_ANSWERS;
      if (wanted && (found == NONE || book.compared() < books.get(found).compared())) {
        found = v;
      }
    }
    return found;
  }

  /**
   * Takes one comparison; one of a variant that left is dropped.
   *
   * @param variant {@code >= 1}
   * @param batch rows of the batch that the variant's answer came from, {@code >= 1}
   */
  public void compared(int variant, int batch, boolean agrees) {
    Book book = book(variant);
    if (book.standing == Standing.LEFT) {
      return;
    }
    book.agreement.add(batch, agrees);
    if (book.standing == Standing.ON_TRIAL) {
      if (lower(book) >= book.asked) {
        book.standing = Standing.IN_USE;
        listener.mayReturn(quality(variant));
      }
    } else if (book.relied > 0 && book.detector.add(agrees)) {
      book.standing = Standing.LEFT;
      book.agreement = new VariantAgreement(risk);
      listener.left(quality(variant));
    }
  }

  /**
   * Says what quality a plan relies on. The variant is watched against it, rounded down to {@value
   * #STEP}; what was seen before counts on while that is nearly the same.
   *
   * @param variant {@code >= 1}
   * @param quality {@code [0, 1]}; 0 where no plan uses the variant
   * @throws IllegalArgumentException if it is out of range
   */
  public void rely(int variant, double quality) {
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("quality must be in [0, 1], is " + quality);
    }
    Book book = book(variant);
    if (book.relied > 0 && quality >= book.relied && quality < book.relied + SLACK) {
      return;
    }
    // A quality of 1 would leave no room for a single difference.
    book.relied = Math.min(1 - STEP, Math.floor(quality / STEP + 1e-9) * STEP);
    if (book.relied > 0) {
      book.detector = Book.watching(book.relied, risk);
    }
  }

  /**
   * Puts a variant that left on trial.
   *
   * @param variant {@code >= 1}
   * @param asked lower bound that fresh comparisons must reach, {@code (0, 1)}
   * @throws IllegalArgumentException if it is out of range
   * @throws IllegalStateException if the variant has not left
   */
  public void reset(int variant, double asked) {
    if (!(asked > 0 && asked < 1)) {
      throw new IllegalArgumentException("the quality asked for must be in (0, 1), is " + asked);
    }
    Book book = book(variant);
    if (book.standing != Standing.LEFT) {
      throw new IllegalStateException("variant '%s' has not left".formatted(book.model));
    }
    book.standing = Standing.ON_TRIAL;
    book.asked = asked;
    book.relied = 0;
  }

  /**
   * Returns what is known of a variant.
   *
   * @param variant {@code >= 1}
   */
  public VariantQuality quality(int variant) {
    Book book = book(variant);
    double[] shares = shares(book);
    List<BatchClass> batches = new ArrayList<>();
    for (int c = 0; c < VariantAgreement.CLASSES; c++) {
      VariantAgreement seen = book.agreement;
      batches.add(new BatchClass(shares[c], seen.samples(c), seen.agreed(c), seen.lower(c)));
    }
    double lower = book.standing == Standing.IN_USE ? book.agreement.lower(shares) : 0;
    return new VariantQuality(book.model, book.standing, lower, book.relied, batches);
  }

  /** Returns what is known of every variant but the reference, in order. */
  public List<VariantQuality> qualities() {
    List<VariantQuality> qualities = new ArrayList<>();
    for (int v = 1; v < books.size(); v++) {
      qualities.add(quality(v));
    }
    return qualities;
  }

  private Book book(int variant) {
    if (variant < 1) {
      throw new IllegalArgumentException("variant " + variant + " is the reference");
    }
    return books.get(variant);
  }

  private double lower(Book book) {
    return book.agreement.lower(shares(book));
  }

  /** Returns the mix of batch sizes: the variant's own, or the service's where it serves few. */
  private double[] shares(Book book) {
    long[] counts = new long[VariantAgreement.CLASSES];
    boolean own = book.answers() >= FEW_ANSWERS;
    long total = 0;
    for (Book each : own ? List.of(book) : books) {
      for (int c = 0; c < counts.length; c++) {
        counts[c] += each.served[c];
        total += each.served[c];
      }
    }
    double[] shares = new double[counts.length];
    for (int c = 0; c < counts.length; c++) {
      shares[c] = total == 0 ? 0 : (double) counts[c] / total;
    }
    return shares;
  }
}
