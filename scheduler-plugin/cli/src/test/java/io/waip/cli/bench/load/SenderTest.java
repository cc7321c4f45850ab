package io.waip.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.waip.triton.client.AnswerListener;
import io.waip.triton.client.CallFailure;
import io.waip.triton.client.InferAnswer;
import io.waip.triton.client.PreparedCall;
import io.waip.triton.client.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The account over a server that hurts one request of those sent. */
class SenderTest {
  private static final int REQUESTS = 100;
  private static final int HURT = 42;

  private final CallPool pool = new CallPool(List.of("model"), 4, 1);
  private final Ledger ledger = new Ledger(60_000_000_000L);

  /** What a server does to the request it was planted for. */
  private interface Harm {
    void on(AnswerListener listener, InferAnswer answer);
  }

  /** Answers at once and rightly, except the one request. */
  private final class FakeWire implements Sender.Wire {
    private final Harm harm;
    private int next;

    FakeWire(Harm harm) {
      this.harm = harm;
    }

    @Override
    public void send(PreparedCall call, AnswerListener listener) {
      int request = next++;
      InferAnswer answer = answer(request);
      if (request == HURT) {
        harm.on(listener, answer);
      } else {
        listener.answered(answer);
      }
    }
  }

  private InferAnswer answer(int request) {
    Tensor input = pool.input(request);
    Tensor output = new Tensor("OUTPUT", input.datatype(), input.shape(), input.content());
    return new InferAnswer("model", "1", Integer.toString(request), List.of(output));
  }

  private LoadFigures sendAll(Harm harm) {
    Sender sender = new Sender(new FakeWire(harm), pool, ledger);
    for (int i = 0; i < REQUESTS; i++) {
      sender.send(0, System.nanoTime(), () -> {});
    }
    ledger.close();
    return ledger.figures();
  }

  @Test
  void aHealthyServerLeavesNothingToReport() {
    LoadFigures figures = sendAll(AnswerListener::answered);

    assertThat(figures.ok()).isEqualTo(REQUESTS);
    assertThat(figures.duplicated()).isZero();
  }

  @Test
  void aLostRequestIsCaught() {
    LoadFigures figures = sendAll((listener, answer) -> {});

    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.ok()).isEqualTo(REQUESTS - 1);
  }

  @Test
  void aRequestAnsweredTwiceIsCaught() {
    LoadFigures figures =
        sendAll((listener, answer) -> {
          listener.answered(answer);
          listener.answered(answer);
        });

    assertThat(figures.duplicated()).isEqualTo(1);
    assertThat(figures.ok()).isEqualTo(REQUESTS);
  }

  @Test
  void anErrorIsCaughtWithItsCodeAndMessage() {
    LoadFigures figures =
        sendAll((listener, answer) ->
            listener.failed(new CallFailure("UNAVAILABLE", "waip: overload", new Error())));

    assertThat(figures.errors()).isEqualTo(1);
    assertThat(figures.errorGroups())
        .containsExactly(new ErrorGroup("UNAVAILABLE", "waip: overload", 1));
  }

  @Test
  void anotherRequestsAnswerIsCaughtByItsContent() {
    LoadFigures figures =
        sendAll((listener, answer) ->
            listener.answered(
                new InferAnswer("model", "1", answer.id(), answer(HURT + 1).outputs())));

    assertThat(figures.wrong()).isEqualTo(1);
  }

  @Test
  void anotherRequestsAnswerIsCaughtByItsId() {
    LoadFigures figures =
        sendAll((listener, answer) ->
            listener.answered(new InferAnswer("model", "1", "43", answer.outputs())));

    assertThat(figures.wrong()).isEqualTo(1);
  }

  @Test
  void anAnswerWithoutTheOutputIsWrong() {
    LoadFigures figures =
        sendAll((listener, answer) ->
            listener.answered(new InferAnswer("model", "1", answer.id(), List.of())));

    assertThat(figures.wrong()).isEqualTo(1);
  }
}
