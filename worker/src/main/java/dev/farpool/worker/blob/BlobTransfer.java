package dev.farpool.worker.blob;

import com.google.protobuf.ByteString;
import dev.farpool.common.Backoff;
import dev.farpool.common.BlobFiles;
import dev.farpool.common.CallStatus;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Moves blobs between this host and the coordinator, on the bulk channel, and tries again while the
 * coordinator cannot be reached or stands still. Blocks its caller; thread-safe.
 */
public final class BlobTransfer {
  private static final int PIECE = 1024 * 1024;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long STALL_SECONDS = 20;

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
   * @throws BlobRefusedException if the coordinator has no such blob
   * @throws IOException if it cannot be reached, or the blob cannot be stored here
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
   * @throws BlobRefusedException if the coordinator does not take it
   * @throws IOException if it cannot be reached
   */
  public void upload(BlobRef blob, ByteString bytes) throws IOException {
    retrying("upload", blob, () -> uploadAll(blob, bytes));
  }

  private interface Step {
    void run() throws IOException, StatusException, InterruptedException, TimeoutException;
  }

  private static void retrying(String what, BlobRef blob, Step step) throws IOException {
    Backoff backoff =
        new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), ThreadLocalRandom.current());
    long start = System.nanoTime();
    while (true) {
      Status status;
      try {
        step.run();
        return;
      } catch (StatusException | StatusRuntimeException refused) {
        status = CallStatus.of(refused);
      } catch (TimeoutException stalled) {
        status = Status.UNAVAILABLE.withDescription("nothing moved for " + STALL_SECONDS + " s");
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        throw new IOException(what + " of a blob was interrupted", closing);
      }
      String text = text(what, blob, status);
      if (!isPassing(status)) {
        throw new BlobRefusedException(text);
      }
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IOException(text);
      }
      pause(backoff);
    }
  }

  /** Whether it may get better: it cannot be reached, or its disk is full. */
  private static boolean isPassing(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE
        || status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
  }

  private static String text(String what, BlobRef blob, Status status) {
    return what
        + " of blob "
        + BlobFiles.hex(blob)
        + " failed: "
        + status.getCode()
        + ": "
        + status.getDescription();
  }

  private void downloadRest(BlobRef blob, BlobFiles.Writer writer)
      throws IOException, StatusException, InterruptedException, TimeoutException {
    DownloadRequest request =
        DownloadRequest.newBuilder().setBlob(blob).setOffset(writer.written()).build();
    BlockingClientCall<?, DownloadResponse> call =
        BlobServiceGrpc.newBlockingV2Stub(bulk).download(request);
    try {
      DownloadResponse piece = call.read(STALL_SECONDS, TimeUnit.SECONDS);
      while (piece != null) {
        writer.append(piece.getData());
        piece = call.read(STALL_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      call.cancel("over, or given up", null);
    }
  }

  private void uploadAll(BlobRef blob, ByteString bytes)
      throws StatusException, InterruptedException, TimeoutException {
    BlockingClientCall<UploadRequest, UploadResponse> call =
        BlobServiceGrpc.newBlockingV2Stub(bulk).upload();
    try {
      int sent = 0;
      do {
        int end = Math.min(bytes.size(), sent + PIECE);
        UploadRequest.Builder piece =
            UploadRequest.newBuilder().setData(bytes.substring(sent, end));
        UploadRequest request = sent == 0 ? piece.setBlob(blob).build() : piece.build();
        if (!call.write(request, STALL_SECONDS, TimeUnit.SECONDS)) {
          break; // The coordinator has answered already.
        }
        sent = end;
      } while (sent < bytes.size());
      call.halfClose();
      call.read(STALL_SECONDS, TimeUnit.SECONDS);
    } finally {
      call.cancel("over, or given up", null);
    }
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
