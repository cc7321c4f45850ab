package io.waip.cli.agreement;

import ai.onnxruntime.OnnxJavaType;
import io.waip.api.agreement.AnswerRow;
import io.waip.onnxruntime.agreement.ComparedModel;
import io.waip.onnxruntime.agreement.CosineAgreement;
import io.waip.onnxruntime.agreement.DenseTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Cosines of a variant's embeddings with the reference's, as batches of a size give them. Rows of a
 * batch are of like length, as the engine forms them.
 */
final class MeasuredAgreement {
  private static final String OUTPUT = "last_hidden_state";

  /** Batches whose rows are sorted by length together. */
  private static final int WINDOW = 4;

  private final List<long[]> texts;
  private final List<AnswerRow> references = new ArrayList<>();

  MeasuredAgreement(List<long[]> texts, ComparedModel reference) throws Exception {
    this.texts = texts;
    for (int text = 0; text < texts.size(); text++) {
      references.addAll(answers(reference, List.of(text)));
    }
  }

  /** Returns a cosine for every text, in batches of a size, mixed by a seed. */
  double[] cosines(ComparedModel variant, int batch, long seed) throws Exception {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    double[] cosines = new double[texts.size() / batch * batch];
    int done = 0;
    for (int from = 0; from < cosines.length; from += WINDOW * batch) {
      List<Integer> window =
          new ArrayList<>(order.subList(from, Math.min(from + WINDOW * batch, cosines.length)));
      window.sort(Comparator.comparingInt(text -> texts.get(text).length));
      for (int at = 0; at < window.size(); at += batch) {
        List<Integer> members = window.subList(at, at + batch);
        List<AnswerRow> answers = answers(variant, members);
        for (int row = 0; row < batch; row++) {
          cosines[done++] =
              CosineAgreement.cosine(answers.get(row), references.get(members.get(row)));
        }
      }
    }
    return cosines;
  }

  private List<AnswerRow> answers(ComparedModel model, List<Integer> members) throws Exception {
    int length = members.stream().mapToInt(text -> texts.get(text).length).max().orElseThrow();
    ByteBuffer ids = longs(members.size() * length);
    ByteBuffer mask = longs(members.size() * length);
    List<BitSet> real = new ArrayList<>();
    for (int row = 0; row < members.size(); row++) {
      long[] text = texts.get(members.get(row));
      for (int i = 0; i < text.length; i++) {
        ids.putLong((row * length + i) * Long.BYTES, text[i]);
        mask.putLong((row * length + i) * Long.BYTES, 1);
      }
      BitSet positions = new BitSet();
      positions.set(0, text.length);
      real.add(positions);
    }
    List<Long> shape = List.of((long) members.size(), (long) length);
    model.ready();
    DenseTensor output =
        model.run(
            List.of(
                new DenseTensor("input_ids", OnnxJavaType.INT64, shape, ids),
                new DenseTensor("attention_mask", OnnxJavaType.INT64, shape, mask)),
            OUTPUT);
    List<AnswerRow> answers = new ArrayList<>();
    for (int row = 0; row < members.size(); row++) {
      answers.add(output.answer(row, real.get(row)));
    }
    return answers;
  }

  private static ByteBuffer longs(int count) {
    return ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.nativeOrder());
  }
}
