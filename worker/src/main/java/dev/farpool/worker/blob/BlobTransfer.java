package dev.farpool.worker.blob;

import com.google.protobuf.ByteString;
import dev.farpool.common.Backoff;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.DownloadResponse;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Moves blobs between this host and the coordinator, on the bulk channel, and tries again while the
 * coordinator cannot be reached. Blocks its caller; thread-safe.
 */
public final class BlobTransfer {
  private static final int PIECE = 1024 * 1024;
  private static final int TRIES = 8;

  private final Channel bulk;

  /**
   * @param bulk a connection apart from the one that carries heartbeats
   */
  public BlobTransfer(Channel bulk) {
    this.bulk = bulk;
  }

  /**
   * Downloads a blob; after a break it goes on where it was.
   *
   * @throws IOException if the blob is not there, is not what its name says, or cannot be stored
   */
  public void download(BlobRef blob, BlobFiles files) throws IOException {
    try (BlobFiles.Writer writer = files.write(blob)) {
      retrying("download", blob, () -> downloadRest(blob, writer));
      writer.commit();
    }
  }

  /**
   * Uploads a blob. It is idempotent, so a break only means to do it again.
   *
   * @throws IOException if the coordinator refuses it
   */
  public void upload(BlobRef blob, ByteString bytes) throws IOException {
    retrying("upload", blob, () -> uploadAll(blob, bytes));
  }

  private interface Step {
    void run() throws IOException, StatusException, InterruptedException;
  }

  private static void retrying(String what, BlobRef blob, Step step) throws IOException {
    Backoff backoff =
        new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), ThreadLocalRandom.current());
    for (int tried = 1; ; tried++) {
      Status status;
      try {
        step.run();
        return;
      } catch (StatusException refused) {
        status = refused.getStatus();
      } catch (StatusRuntimeException refused) {
        status = refused.getStatus();
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        throw new IOException(what + " of a blob was interrupted", closing);
      }
      if (status.getCode() != Status.Code.UNAVAILABLE || tried == TRIES) {
        throw new IOException(
            what
                + " of blob "
                + BlobFiles.hex(blob)
                + " failed: "
                + status.getCode()
                + ": "
                + status.getDescription());
      }
      pause(backoff);
    }
  }

  private void downloadRest(BlobRef blob, BlobFiles.Writer writer) throws IOException {
    DownloadRequest request =
        DownloadRequest.newBuilder().setBlob(blob).setOffset(writer.written()).build();
    Iterator<DownloadResponse> pieces = BlobServiceGrpc.newBlockingStub(bulk).download(request);
    while (pieces.hasNext()) {
      writer.append(pieces.next().getData());
    }
  }

  private void uploadAll(BlobRef blob, ByteString bytes)
      throws StatusException, InterruptedException {
    BlockingClientCall<UploadRequest, UploadResponse> call =
        BlobServiceGrpc.newBlockingV2Stub(bulk).upload();
    int sent = 0;
    do {
      int end = Math.min(bytes.size(), sent + PIECE);
      UploadRequest.Builder piece = UploadRequest.newBuilder().setData(bytes.substring(sent, end));
      if (!call.write(sent == 0 ? piece.setBlob(blob).build() : piece.build())) {
        break; // The coordinator has answered already.
      }
      sent = end;
    } while (sent < bytes.size());
    call.halfClose();
    call.read();
  }

  private static void pause(Backoff backoff) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the coordinator", closing);
    }
  }
}
