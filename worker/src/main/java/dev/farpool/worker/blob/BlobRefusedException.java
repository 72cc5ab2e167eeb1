package dev.farpool.worker.blob;

import java.io.IOException;

/** The coordinator's last word on a blob: to ask again would not help. */
public final class BlobRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  BlobRefusedException(String message) {
    super(message);
  }
}
