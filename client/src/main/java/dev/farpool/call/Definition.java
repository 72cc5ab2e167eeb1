package dev.farpool.call;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What is sent of a function once in a pool: where its code is, and how it is called.
 *
 * <p>Definitions of the same lambda are the same object, so that they can be looked up by identity;
 * others are equal by content.
 */
public final class Definition {
  private final byte[] bytes;
  private final byte[] sha256;

  Definition(byte[] bytes) {
    this.bytes = bytes;
    this.sha256 = digest(bytes);
  }

  /** The bytes that {@link JavaCalls#function} reads. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Their SHA-256. Not to be changed. */
  public byte[] sha256() {
    return sha256;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Definition that && Arrays.equals(sha256, that.sha256));
  }

  @Override
  public int hashCode() {
    return (sha256[0] & 0xFF)
        | (sha256[1] & 0xFF) << 8
        | (sha256[2] & 0xFF) << 16
        | sha256[3] << 24;
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
