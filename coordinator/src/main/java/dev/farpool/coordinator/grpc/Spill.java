package dev.farpool.coordinator.grpc;

import com.google.protobuf.ByteString;
import dev.farpool.coordinator.core.Bytes;
import java.io.IOException;

/** Where payload goes that the heap has no room for. Thread-safe. */
public interface Spill {
  /** Whether payload that comes now should go there. Answers at once. */
  boolean isWanted();

  /**
   * Puts bytes there. May wait for the disk.
   *
   * @return the same bytes, not on the heap, to be released by whoever keeps them
   * @throws IOException if there is no room; the message is for people
   */
  Bytes put(ByteString bytes) throws IOException;
}
