package dev.farpool.coordinator.grpc;

import dev.farpool.common.BlobFiles;
import dev.farpool.coordinator.access.Caller;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.Executor;

/** One blob on its way in. The next piece is read when the one before is on disk. */
final class UploadCall implements StreamObserver<UploadRequest> {
  private static final int MOST_PIECE_BYTES = 1 << 20;

  private final ServerCallStreamObserver<UploadResponse> call;
  private final BlobEndpoint.Blobs blobs;
  private final Executor steps;
  private final Principal caller = Caller.current();
  private final Scope own = Scopes.ofBlobs();

  /** Only steps touch these. */
  private BlobRef blob;

  private BlobFiles.Writer writer;

  private boolean present;
  private boolean ended;

  private UploadCall(
      ServerCallStreamObserver<UploadResponse> call, BlobEndpoint.Blobs blobs, Executor steps) {
    this.call = call;
    this.blobs = blobs;
    this.steps = steps;
  }

  static StreamObserver<UploadRequest> open(
      ServerCallStreamObserver<UploadResponse> call, BlobEndpoint.Blobs blobs, Executor steps) {
    UploadCall upload = new UploadCall(call, blobs, steps);
    call.setOnCancelHandler(() -> steps.execute(upload::drop));
    call.disableAutoRequest();
    call.request(1);
    return upload;
  }

  @Override
  public void onNext(UploadRequest piece) {
    step(
        () -> {
          if (writer == null && !present) {
            begin(piece);
          } else {
            Check.require(!piece.hasBlob(), "blob", "must be in the first message only");
          }
          Check.size(piece.getData(), MOST_PIECE_BYTES, "data");
          if (!present) {
            writer.append(piece.getData());
          }
          call.request(1);
        });
  }

  private void begin(UploadRequest first) throws IOException {
    Check.require(first.hasBlob(), "blob", "must be in the first message");
    Check.blob(first.getBlob(), "blob");
    blob = first.getBlob();
    present = blobs.contains(own, blob);
    if (!present) {
      writer = blobs.write(blob);
    }
  }

  @Override
  public void onCompleted() {
    step(
        () -> {
          Check.require(writer != null || present, "blob", "must be in the first message");
          if (writer != null) {
            writer.commit();
            blobs.written(caller, blob);
          }
          drop();
          call.onNext(UploadResponse.getDefaultInstance());
          call.onCompleted();
        });
  }

  /** A broken call ends as a cancelled one does. */
  @Override
  public void onError(Throwable broken) {
    steps.execute(this::drop);
  }

  private void step(Step step) {
    steps.execute(
        () -> {
          if (ended) {
            return;
          }
          try {
            step.run();
          } catch (InvalidFieldException invalid) {
            drop();
            call.onError(Statuses.of(invalid));
          } catch (IOException wrong) {
            drop();
            call.onError(BlobEndpoint.status(wrong));
          }
        });
  }

  /** Nothing is kept of a blob that is not complete. */
  private void drop() {
    ended = true;
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
