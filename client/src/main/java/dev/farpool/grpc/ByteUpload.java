package dev.farpool.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.common.CallStatus;
import dev.farpool.core.LargeArgument;
import dev.farpool.v1.BlobServiceGrpc.BlobServiceStub;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;

/** The upload of bytes that are in memory: as fast as the connection takes them; nobody waits. */
final class ByteUpload implements ClientResponseObserver<UploadRequest, UploadResponse> {
  private static final int PIECE = 1 << 20;

  private final LargeArgument source;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private ClientCallStreamObserver<UploadRequest> requests;
  private int sent;
  private boolean complete;

  private ByteUpload(LargeArgument source) {
    this.source = source;
  }

  /** Fails with a {@link io.grpc.StatusRuntimeException} if the cluster does not take it. */
  static CompletableFuture<Void> run(BlobServiceStub stub, LargeArgument source) {
    ByteUpload upload = new ByteUpload(source);
    stub.upload(upload);
    return upload.end;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<UploadRequest> requests) {
    this.requests = requests;
    requests.setOnReadyHandler(this::pump); // Called by one thread at a time.
  }

  private void pump() {
    while (!complete && requests.isReady()) {
      UploadRequest.Builder request = UploadRequest.newBuilder();
      if (sent == 0) {
        request.setBlob(source.blob());
      }
      int length = Math.min(PIECE, source.bytes().length - sent);
      request.setData(UnsafeByteOperations.unsafeWrap(source.bytes(), sent, length));
      sent += length;
      complete = sent == source.bytes().length;
      requests.onNext(request.build());
      if (complete) {
        requests.onCompleted();
      }
    }
  }

  @Override
  public void onNext(UploadResponse taken) {
    // The end of the call says it again.
  }

  @Override
  public void onError(Throwable thrown) {
    Status status = CallStatus.of(thrown);
    if (status.getCode() == Status.Code.ALREADY_EXISTS) {
      end.complete(null);
    } else {
      end.completeExceptionally(status.asRuntimeException());
    }
  }

  @Override
  public void onCompleted() {
    end.complete(null);
  }
}
