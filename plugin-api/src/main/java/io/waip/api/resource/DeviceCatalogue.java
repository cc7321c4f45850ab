package io.waip.api.resource;

import java.util.List;

/** Facts of kinds of devices; found by {@link java.util.ServiceLoader}. Immutable; any thread. */
public interface DeviceCatalogue {
  /** Returns the devices, each under its full name. */
  List<DeviceFacts> devices();

  /**
   * Returns the facts of the device that a text names, such as {@code NVIDIA A100-SXM4-80GB}: the
   * last word, or run of words, of it that is a name or another name of one.
   *
   * @return {@link DeviceFacts#unknown} where it names none
   */
  DeviceFacts find(String text);
}
