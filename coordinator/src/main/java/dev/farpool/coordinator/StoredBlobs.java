package dev.farpool.coordinator;

import dev.farpool.common.BlobFiles;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.blob.BlobStore;
import dev.farpool.coordinator.blob.Grants;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.coordinator.grpc.BlobEndpoint;
import dev.farpool.v1.BlobRef;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;

/** The store as the endpoints see it: each caller his blobs. Thread-safe. */
record StoredBlobs(BlobStore store, Grants grants) implements BlobEndpoint.Blobs {
  @Override
  public boolean contains(Scope reader, BlobRef blob) {
    return isFor(reader, blob) && store.contains(blob);
  }

  private boolean isFor(Scope reader, BlobRef blob) {
    return reader.everything() || grants.has(reader.owner(), blob);
  }

  @Override
  public BlobFiles.Writer write(BlobRef blob) throws IOException {
    return store.write(blob);
  }

  @Override
  public void written(Principal by, BlobRef blob) throws IOException {
    switch (by.role()) {
      case CLIENT -> grants.give(by.name(), blob);
      case WORKER -> grants.giveResult(blob);
      case OPERATOR, VIEWER -> {} // They see everything.
    }
  }

  @Override
  public ReadableByteChannel read(Scope reader, BlobRef blob, long offset) throws IOException {
    if (!isFor(reader, blob)) {
      throw new NoSuchFileException(BlobFiles.hex(blob));
    }
    return store.read(blob, offset);
  }
}
