package io.waip.scheduler.plan.agreement;

/**
 * Told when a variant has to leave the plan and when it may return: whoever plans anew. Called
 * where the comparison was taken; must be quick and must not throw.
 */
public interface QualityListener {
  /** Hears nothing. */
  QualityListener NONE =
      new QualityListener() {
        @Override
        public void left(VariantQuality variant) {}

        @Override
        public void mayReturn(VariantQuality variant) {}
      };

  /** A variant agrees less often than was relied on; its quality counts as 0 from now on. */
  void left(VariantQuality variant);

  /** A variant that was reset has shown by fresh comparisons alone that it may be used again. */
  void mayReturn(VariantQuality variant);
}
