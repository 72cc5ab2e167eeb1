package dev.farpool.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc.BlobServiceStub;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;

/** One upload, by the thread that wants it: it waits while the connection is full. */
final class BlobUpload implements ClientResponseObserver<UploadRequest, UploadResponse> {
  private static final int PIECE = 1 << 20;

  private final BlobRef blob;
  private ClientCallStreamObserver<UploadRequest> requests;
  private boolean ended;
  private Throwable failure;

  BlobUpload(BlobRef blob) {
    this.blob = blob;
  }

  void run(BlobServiceStub stub, InputStream in) throws IOException, InterruptedException {
    stub.upload(this);
    boolean complete = false;
    try {
      sendPieces(in);
      complete = true;
    } finally {
      if (!complete) {
        requests.cancel("the upload was given up", null);
      }
    }
    awaitEnd();
    if (failure != null) {
      throw new IOException("cannot upload: " + Replies.text(failure), failure);
    }
  }

  private void sendPieces(InputStream in) throws IOException, InterruptedException {
    UploadRequest.Builder request = UploadRequest.newBuilder().setBlob(blob);
    for (byte[] piece = in.readNBytes(PIECE);
        piece.length > 0 && awaitReady();
        piece = in.readNBytes(PIECE)) {
      requests.onNext(request.setData(UnsafeByteOperations.unsafeWrap(piece)).build());
      request = UploadRequest.newBuilder();
    }
    if (blob.getSize() == 0) {
      requests.onNext(request.build());
    }
    if (!ended()) {
      requests.onCompleted();
    }
  }

  private synchronized boolean ended() {
    return ended;
  }

  private synchronized boolean awaitReady() throws InterruptedException {
    while (!ended && !requests.isReady()) {
      wait();
    }
    return !ended;
  }

  private synchronized void awaitEnd() throws InterruptedException {
    while (!ended) {
      wait();
    }
  }

  private synchronized void end(Throwable thrown) {
    ended = true;
    failure = thrown;
    notifyAll();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<UploadRequest> requests) {
    this.requests = requests;
    requests.setOnReadyHandler(
        () -> {
          synchronized (this) {
            notifyAll();
          }
        });
  }

  @Override
  public void onNext(UploadResponse taken) {
    // The end of the call says it again.
  }

  @Override
  public void onError(Throwable thrown) {
    boolean already = Status.fromThrowable(thrown).getCode() == Status.Code.ALREADY_EXISTS;
    end(already ? null : thrown);
  }

  @Override
  public void onCompleted() {
    end(null);
  }
}
