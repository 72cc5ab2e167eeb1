package dev.farpool.peers.load;

import java.util.Random;

/** What is sent to and fro. */
public final class Payload {
  private Payload() {}

  /** So many bytes that cannot be compressed, the same each time. */
  public static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
