package dev.farpool.grpc;

import com.google.protobuf.ByteString;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.DownloadResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One download, by the thread that wants it. After a break it goes on where it was. */
final class BlobDownload {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
  private static final long RETRY_MILLIS = 200;

  private final BlobLink blobs;
  private final BlobRef blob;
  private final byte[] bytes;
  private int at;

  BlobDownload(BlobLink blobs, BlobRef blob) throws IOException {
    if (blob.getSize() > MAX_ARRAY) {
      throw new IOException("a result of " + blob.getSize() + " bytes does not fit an array");
    }
    this.blobs = blobs;
    this.blob = blob;
    this.bytes = new byte[(int) blob.getSize()];
  }

  byte[] run(long deadlineNanos) throws IOException {
    boolean interrupted = false;
    try {
      for (Throwable broken = attempt(); broken != null; broken = attempt()) {
        if (!blobs.mayRepeat(broken, deadlineNanos)) {
          throw new IOException("cannot download a result: " + Replies.text(broken), broken);
        }
        interrupted |= pause();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (!BlobFiles.refOf(bytes).equals(blob)) {
      throw new IOException("a downloaded result is not what was announced");
    }
    return bytes;
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      return false;
    } catch (InterruptedException later) {
      return true;
    }
  }

  /** Gets what is missing; gives what went wrong, or null. */
  private Throwable attempt() {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    DownloadRequest request = DownloadRequest.newBuilder().setBlob(blob).setOffset(at).build();
    blobs.stub(blob).download(request, new Pieces(end));
    return end.join();
  }

  private final class Pieces implements StreamObserver<DownloadResponse> {
    private final CompletableFuture<Throwable> end;

    Pieces(CompletableFuture<Throwable> end) {
      this.end = end;
    }

    @Override
    public void onNext(DownloadResponse response) {
      ByteString piece = response.getData();
      if (piece.size() > bytes.length - at) {
        end.complete(new IOException("it is larger than was announced"));
      } else if (!end.isDone()) {
        piece.copyTo(bytes, at);
        at += piece.size();
      }
    }

    @Override
    public void onError(Throwable thrown) {
      end.complete(thrown);
    }

    @Override
    public void onCompleted() {
      end.complete(at == bytes.length ? null : new IOException("it is smaller than was announced"));
    }
  }
}
