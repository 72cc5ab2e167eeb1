package dev.farpool.simulation.node;

import com.google.protobuf.ByteString;
import dev.farpool.v1.BlobRef;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** All blobs of the simulation, by made-up hashes. */
public final class BlobShelf {
  private final Map<BlobRef, ByteString> blobs = new HashMap<>();

  BlobRef put(ByteString bytes) {
    ByteBuffer name = ByteBuffer.allocate(32).putInt(28, blobs.size() + 1);
    BlobRef blob =
        BlobRef.newBuilder().setSha256(ByteString.copyFrom(name)).setSize(bytes.size()).build();
    blobs.put(blob, bytes);
    return blob;
  }

  /** The bytes of a blob; null if there is no such blob. */
  public ByteString get(BlobRef blob) {
    return blobs.get(blob);
  }
}
