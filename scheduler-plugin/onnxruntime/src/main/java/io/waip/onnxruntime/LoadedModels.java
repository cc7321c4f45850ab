package io.waip.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.waip.api.deployment.Variant;
import io.waip.onnxruntime.agreement.ComparedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The variants of one service, loaded. A variant that cannot be loaded is left out and reported;
 * several planned sessions may use the same models one after the other.
 *
 * <p>Immutable until {@link #close}; any thread may read it.
 */
public final class LoadedModels implements AutoCloseable {
  private final @Nullable LengthRule rule;
  private final List<VariantStatus> statuses;
  private final List<Variant> variants;
  private final List<OrtSession> sessions;
  private final Signature signature;

  private LoadedModels(Loader loader, Signature signature) {
    rule = loader.rule;
    statuses = List.copyOf(loader.statuses);
    variants = List.copyOf(loader.variants);
    sessions = List.copyOf(loader.sessions);
    this.signature = signature;
  }

  /**
   * Loads models that take rows of fixed shape, or of equal length within a batch.
   *
   * @throws IllegalStateException if none could be loaded; the message says why for each
   */
  public static LoadedModels load(List<ModelVariant> variants) {
    return new Loader(null).load(variants);
  }

  /**
   * Loads models whose rows may be padded.
   *
   * @throws IllegalStateException if none could be loaded; the message says why for each
   */
  public static LoadedModels load(List<ModelVariant> variants, LengthRule rule) {
    return new Loader(rule).load(variants);
  }

  /** Returns the state of every configured variant, in order. */
  public List<VariantStatus> statuses() {
    return statuses;
  }

  /** Returns the loaded variants, in the configured order; the first is the reference. */
  public List<Variant> variants() {
    return variants;
  }

  /** Says whether requests of different length may share a batch. */
  public boolean isPaddable() {
    return rule != null;
  }

  /** Says whether requests have a length: an input with a free axis after the batch. */
  public boolean hasLength() {
    return signature.inputs().stream().anyMatch(Signature.Port::hasLength);
  }

  /** Returns the version of ONNX Runtime that runs the models. */
  public static String runtimeVersion() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  @Nullable LengthRule rule() {
    return rule;
  }

  Signature signature() {
    return signature;
  }

  OrtSession session(int variant) {
    return sessions.get(variant);
  }

  /** Returns the variants as comparisons run them, to be closed before these. */
  List<ComparedModel> compared() {
    return sessions.stream()
        .<ComparedModel>map(session -> new SessionComparison(session, SessionComparison.Rest.NONE))
        .toList();
  }

  int maxLength() {
    return variants.stream().mapToInt(Variant::maxLength).max().orElseThrow();
  }

  int maxBatch() {
    return variants.stream().mapToInt(Variant::maxBatch).max().orElseThrow();
  }

  /** Frees the native sessions. None may be running. */
  @Override
  public void close() {
    closeAll(sessions);
  }

  private static void closeAll(List<OrtSession> sessions) {
    for (OrtSession session : sessions) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("a session cannot be closed: " + e.getMessage(), e);
      }
    }
  }

  private static final class Loader {
    private final @Nullable LengthRule rule;
    private final List<VariantStatus> statuses = new ArrayList<>();
    private final List<Variant> variants = new ArrayList<>();
    private final List<OrtSession> sessions = new ArrayList<>();
    private @Nullable Signature signature;

    Loader(@Nullable LengthRule rule) {
      this.rule = rule;
    }

    LoadedModels load(List<ModelVariant> configured) {
      for (ModelVariant variant : configured) {
        String problem = tryLoad(variant);
        statuses.add(
            problem == null
                ? VariantStatus.up(variant.name())
                : VariantStatus.down(variant.name(), problem));
      }
      if (signature == null) {
        throw new IllegalStateException(
            statuses.stream()
                .map(status -> "variant '" + status.name() + "': " + status.problem())
                .collect(Collectors.joining("; ", "no variant can serve: ", "")));
      }
      return new LoadedModels(this, signature);
    }

    /** Loads one variant; returns the problem in one line, or null. */
    private @Nullable String tryLoad(ModelVariant variant) {
      OrtSession session;
      try {
        session = variant.open();
      } catch (OrtException e) {
        return "model cannot be loaded: " + Failures.oneLine(e);
      } catch (IllegalArgumentException e) {
        return Failures.oneLine(e);
      }
      String problem = tryAdopt(variant, session);
      if (problem != null) {
        closeAll(List.of(session));
      }
      return problem;
    }

    private @Nullable String tryAdopt(ModelVariant variant, OrtSession session) {
      try {
        Signature found = Signature.of(session.getInputInfo(), session.getOutputInfo(), rule);
        if (signature != null && !signature.equals(found)) {
          return "its inputs or outputs differ from those of variant '%s'"
              .formatted(variants.get(0).model());
        }
        signature = found;
      } catch (OrtException | IllegalArgumentException e) {
        return Failures.oneLine(e);
      }
      variants.add(variant.variant());
      sessions.add(session);
      return null;
    }
  }
}
