package io.waip.cost.baseline;

import io.waip.cost.CostPointLine;
import io.waip.cost.shape.PooledShape;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer.RegressionType;

/** A regression that predicts nanoseconds from batch, length and their product. */
enum Baseline {
  /** Non-negative least squares on the relative error. */
  LINE {
    @Override
    double[] predict(List<PooledShape> seen, List<PooledShape> unseen, long seed) {
      return unseen.stream().mapToDouble(CostPointLine.through(seen)).toArray();
    }
  },
  /** 100 trees over log nanoseconds. */
  FOREST {
    @Override
    double[] predict(List<PooledShape> seen, List<PooledShape> unseen, long seed) {
      CARTRegressionTrainer tree =
          new CARTRegressionTrainer(
              Integer.MAX_VALUE, 2, 0, FEATURE_SHARE, false, new MeanSquaredError(), seed);
      return trained(
          new RandomForestTrainer<>(tree, new AveragingCombiner(), TREES, seed), seen, unseen);
    }
  },
  /** 100 rounds of depth 3 at a rate of 0.1 over log nanoseconds. */
  BOOSTED {
    @Override
    double[] predict(List<PooledShape> seen, List<PooledShape> unseen, long seed) {
      return trained(
          new XGBoostRegressionTrainer(
              RegressionType.LINEAR, TREES, 0.1, 0, 3, 1, 1, 1, 1, 0, 1, true, seed),
          seen,
          unseen);
    }
  };

  private static final int TREES = 100;

  /** Two of three features for each split. */
  private static final float FEATURE_SHARE = 0.7f;

  private static final String[] FEATURES = {"batch", "length", "elements"};
  private static final String TARGET = "log_nanos";

  /** Returns the nanoseconds of shapes nobody showed it. */
  abstract double[] predict(List<PooledShape> seen, List<PooledShape> unseen, long seed);

  private static double[] trained(
      Trainer<Regressor> trainer, List<PooledShape> seen, List<PooledShape> unseen) {
    return trainer.train(data(seen)).predict(data(unseen)).stream()
        .mapToDouble(answer -> Math.exp(answer.getOutput().getValues()[0]))
        .toArray();
  }

  private static MutableDataset<Regressor> data(List<PooledShape> shapes) {
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("shapes", factory), factory);
    shapes.forEach(shape -> data.add(example(shape)));
    return data;
  }

  private static Example<Regressor> example(PooledShape shape) {
    double[] values = {shape.batch(), shape.length(), (double) shape.batch() * shape.length()};
    return new ArrayExample<>(new Regressor(TARGET, Math.log(shape.nanos())), FEATURES, values);
  }
}
