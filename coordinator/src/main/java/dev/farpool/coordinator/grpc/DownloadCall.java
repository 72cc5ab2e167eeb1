package dev.farpool.coordinator.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.common.BlobFiles;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.DownloadResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Executor;

/** One blob on its way out. The next piece is read when the peer takes more. */
final class DownloadCall {
  private static final int PIECE_BYTES = 256 * 1024;

  private final DownloadRequest request;
  private final ServerCallStreamObserver<DownloadResponse> call;
  private final BlobEndpoint.Blobs blobs;
  private final Scope reader = Scopes.ofBlobs();

  /** Only steps touch these once the first of them is posted. */
  private ReadableByteChannel channel;

  private boolean ended;

  private DownloadCall(
      DownloadRequest request,
      ServerCallStreamObserver<DownloadResponse> call,
      BlobEndpoint.Blobs blobs) {
    this.request = request;
    this.call = call;
    this.blobs = blobs;
  }

  static void open(
      DownloadRequest request,
      ServerCallStreamObserver<DownloadResponse> call,
      BlobEndpoint.Blobs blobs,
      Executor steps) {
    DownloadCall download = new DownloadCall(request, call, blobs);
    call.setOnCancelHandler(() -> steps.execute(() -> download.tryStep(download::close)));
    call.setOnReadyHandler(() -> steps.execute(() -> download.tryStep(download::send)));
    download.ended = !Calls.passes(call, () -> check(request));
    steps.execute(() -> download.tryStep(download::send));
  }

  private static void check(DownloadRequest request) {
    Check.require(request.hasBlob(), "blob", "must be set");
    Check.blob(request.getBlob(), "blob");
    Check.require(
        request.getOffset() >= 0 && request.getOffset() <= request.getBlob().getSize(),
        "offset",
        "must be 0 to blob.size, not " + Long.toUnsignedString(request.getOffset()));
  }

  private void send() throws IOException {
    if (channel == null && !ended) {
      channel = blobs.read(reader, request.getBlob(), request.getOffset());
    }
    while (!ended && call.isReady()) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      if (channel.read(piece) < 0) {
        close();
        call.onCompleted();
        return;
      }
      // The buffer is not touched again, so the message may have it.
      call.onNext(
          DownloadResponse.newBuilder()
              .setData(UnsafeByteOperations.unsafeWrap(piece.flip()))
              .build());
    }
  }

  private void close() throws IOException {
    ended = true;
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private void tryStep(Step step) {
    try {
      step.run();
    } catch (NoSuchFileException missing) {
      fail(
          Statuses.of(
              Status.NOT_FOUND, "blob: there is no blob " + BlobFiles.hex(request.getBlob())));
    } catch (IOException wrong) {
      fail(Statuses.of(Status.DATA_LOSS, "blob store: " + wrong.getMessage()));
    }
  }

  private void fail(RuntimeException status) {
    if (!ended) {
      try {
        close();
      } catch (IOException alsoBroken) {
        status.addSuppressed(alsoBroken);
      }
      call.onError(status);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
