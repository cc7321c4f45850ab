package io.waip.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waip.api.RequestDescriptor;
import io.waip.api.Tier;
import io.waip.api.deployment.Objective;
import io.waip.api.deployment.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngressTest {
  private static final long NOW = 1_000_000_000;
  private static final Objective OBJECTIVE = Objective.interactive(Duration.ofMillis(100));
  private static final List<Tenant> TENANTS =
      List.of(Tenant.unlimited("gold"), Tenant.unlimited("free"));

  private final LoadedModels lookup = Tiny.lookup();
  private final LoadedModels doubling =
      LoadedModels.load(List.of(Tiny.variant("doubling", 1, TinyModel.doubling())));

  @AfterEach
  void free() {
    lookup.close();
    doubling.close();
  }

  @Test
  void fillsInTheDefaults() {
    Submission submission = accept(lookup, Tiny.ids(1, 2, 3));

    assertThat(submission.length).isEqualTo(3);
    assertThat(submission.call)
        .isEqualTo(new Submission.Call(0, Tier.INTERACTIVE, NOW, NOW + 100_000_000, 0));
  }

  @Test
  void keepsWhatTheRequestSays() {
    SessionRequest request =
        SessionRequest.builder()
            .input("ids", InputRow.of(1L))
            .tenant("free")
            .tier(Tier.NEARLINE)
            .arrivalNanos(NOW - 1000)
            .deadline("20ms")
            .qualityFloor(0.5)
            .build();

    assertThat(accept(lookup, request).call)
        .isEqualTo(new Submission.Call(1, Tier.NEARLINE, NOW - 1000, NOW - 1000 + 20_000_000, 0.5));
  }

  @Test
  void offlineRequestsHaveNoDeadlineOfTheirOwn() {
    SessionRequest request =
        SessionRequest.builder().input("ids", InputRow.of(1L)).tier(Tier.OFFLINE).build();

    assertThat(accept(lookup, request).call.deadlineNanos())
        .isEqualTo(RequestDescriptor.NO_DEADLINE);
  }

  @Test
  void refusesAnUnknownTenant() {
    assertRefused(
        lookup,
        SessionRequest.builder().input("ids", InputRow.of(1L)).tenant("silver").build(),
        "unknown tenant 'silver'; configured are [free, gold]");
  }

  @Test
  void refusesAnUnknownInput() {
    assertRefused(
        lookup,
        SessionRequest.builder().input("tokens", InputRow.of(1L)).build(),
        "there is no input 'tokens'; the model's inputs are [ids]");
  }

  @Test
  void refusesAMissingInput() {
    assertRefused(lookup, SessionRequest.builder().build(), "input 'ids' is missing");
  }

  @Test
  void refusesAWrongType() {
    assertRefused(
        lookup,
        SessionRequest.builder().input("ids", InputRow.of(1f)).build(),
        "input 'ids' must be int64, is float32");
  }

  @Test
  void refusesAWrongRank() {
    assertRefused(
        lookup,
        SessionRequest.builder().input("ids", InputRow.of(1L, 2L).shaped(1, 2)).build(),
        "input 'ids' must have shape [length] without the batch axis, has [1, 2]");
  }

  @Test
  void refusesAWrongDimension() {
    try (LoadedModels fixed =
        LoadedModels.load(List.of(Tiny.variant("fixed", 1, TinyModel.fixedShape())))) {
      assertRefused(
          fixed,
          SessionRequest.builder().input("x", InputRow.of(new float[6]).shaped(3, 2)).build(),
          "input 'x' must have shape [2, 3] without the batch axis, has [3, 2]");
    }
  }

  @Test
  void refusesAnEmptyInput() {
    assertRefused(lookup, Tiny.ids(), "input 'ids' is empty; it needs at least one element");
  }

  @Test
  void refusesAnInputThatIsTooLong() {
    assertRefused(
        lookup, Tiny.ids(new long[17]), "input 'ids' has length 17; the longest accepted is 16");
  }

  @Test
  void refusesTenMegabytes() {
    assertRefused(
        lookup,
        Tiny.ids(new long[10 * 1024 * 1024 / Long.BYTES]),
        "the inputs take 10485760 bytes; at most 1048576 are accepted (max_request_bytes)");
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    assertRefused(
        doubling,
        SessionRequest.builder().input("x", InputRow.of(1f, Float.NaN)).build(),
        "input 'x' is not a finite number at element 1");
    assertRefused(
        doubling,
        SessionRequest.builder().input("x", InputRow.of(Float.POSITIVE_INFINITY)).build(),
        "input 'x' is not a finite number at element 0");
  }

  @Test
  void refusesADeadlineThatHasPassed() {
    SessionRequest request =
        SessionRequest.builder()
            .input("ids", InputRow.of(1L))
            .arrivalNanos(NOW - 30_000_000)
            .deadline(Duration.ofMillis(20))
            .build();

    assertRefused(lookup, request, "deadline passed 10000 us before the request was submitted");
  }

  @Test
  void refusesADeadlineBeyondAnyClock() {
    SessionRequest request =
        SessionRequest.builder()
            .input("ids", InputRow.of(1L))
            .deadline(Duration.ofDays(400))
            .build();

    assertRefused(lookup, request, "deadline must lie within PT8760H of the arrival, is PT9600H");
  }

  private static Submission accept(LoadedModels models, SessionRequest request) {
    return new Ingress(models, OBJECTIVE, TENANTS, 1L << 20).accept(request, NOW);
  }

  private static void assertRefused(LoadedModels models, SessionRequest request, String message) {
    assertThatThrownBy(() -> accept(models, request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
