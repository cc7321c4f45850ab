package io.waip.nativebridge.rings;

import java.io.IOException;

/** A file that cannot serve as the mapping of this version; the message says why, in one line. */
public final class MappingException extends IOException {
  private static final long serialVersionUID = 1L;

  MappingException(String message) {
    super(message);
  }
}
