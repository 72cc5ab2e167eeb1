package dev.farpool.grpc;

import dev.farpool.core.Request;

/** Gives benchmarks elsewhere what the client sends. */
public final class SubmissionEncoding {
  private SubmissionEncoding() {}

  /** A request as it goes onto the wire. */
  public static byte[] encode(Request request) {
    return Requests.message("pool", request).toByteArray();
  }
}
