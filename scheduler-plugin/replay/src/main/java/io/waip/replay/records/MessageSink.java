package io.waip.replay.records;

import org.agrona.DirectBuffer;

/** Takes messages of {@link MessageLayout}. Single writer. */
interface MessageSink {
  /**
   * Takes a message.
   *
   * @param type one of {@link MessageLayout}
   * @param buffer holds the message from offset 0; read during the call only
   * @param length bytes
   */
  void message(int type, DirectBuffer buffer, int length);
}
