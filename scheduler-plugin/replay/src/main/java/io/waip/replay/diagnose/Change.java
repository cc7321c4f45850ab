package io.waip.replay.diagnose;

/**
 * A change of one setting.
 *
 * @param where the setting is
 * @param of name of the model, tenant or endpoint that it is a setting of; empty for all
 * @param key path of the setting, such as {@code dynamic_batching.max_queue_delay_microseconds}
 * @param value its new value; empty to remove it
 */
public record Change(Place where, String of, String key, String value) {
  /** Where settings are. */
  public enum Place {
    /** {@code config.pbtxt} of a model in Triton. */
    MODEL_CONFIGURATION,
    /** Options that Triton is started with. */
    SERVER_OPTION,
    /** The planner's YAML. */
    PLANNER_CONFIGURATION,
    /** The clients of the model. */
    CLIENT,
    /** The machines that serve. */
    DEPLOYMENT
  }

  /** Returns a change of a model's configuration. */
  public static Change ofModel(String model, String key, Object value) {
    return new Change(Place.MODEL_CONFIGURATION, model, key, String.valueOf(value));
  }
}
