package dev.farpool.worker.testing;

import com.google.protobuf.ByteString;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.DownloadResponse;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A blob store in memory. */
public final class FakeBlobs extends BlobServiceGrpc.BlobServiceImplBase {
  private static final int PIECE = 64 * 1024;

  private final Map<BlobRef, ByteString> blobs = new ConcurrentHashMap<>();
  private final AtomicInteger downloads = new AtomicInteger();

  public BlobRef put(byte[] bytes) {
    BlobRef ref = BlobFiles.refOf(bytes);
    blobs.put(ref, ByteString.copyFrom(bytes));
    return ref;
  }

  /** Gives other bytes than the name says. */
  public void replace(BlobRef ref, ByteString bytes) {
    blobs.put(ref, bytes);
  }

  public ByteString get(BlobRef ref) {
    return blobs.get(ref);
  }

  public int downloads() {
    return downloads.get();
  }

  @Override
  public void download(DownloadRequest request, StreamObserver<DownloadResponse> responses) {
    downloads.incrementAndGet();
    ByteString bytes = blobs.get(request.getBlob());
    if (bytes == null) {
      responses.onError(Status.NOT_FOUND.withDescription("no such blob").asRuntimeException());
      return;
    }
    for (int at = (int) request.getOffset(); at < bytes.size(); at += PIECE) {
      ByteString piece = bytes.substring(at, Math.min(bytes.size(), at + PIECE));
      responses.onNext(DownloadResponse.newBuilder().setData(piece).build());
    }
    responses.onCompleted();
  }

  @Override
  public StreamObserver<UploadRequest> upload(StreamObserver<UploadResponse> responses) {
    return new StreamObserver<>() {
      private BlobRef ref;
      private ByteString bytes = ByteString.EMPTY;

      @Override
      public void onNext(UploadRequest request) {
        ref = request.hasBlob() ? request.getBlob() : ref;
        bytes = bytes.concat(request.getData());
      }

      @Override
      public void onError(Throwable broken) {
        bytes = ByteString.EMPTY;
      }

      @Override
      public void onCompleted() {
        blobs.put(ref, bytes);
        responses.onNext(UploadResponse.getDefaultInstance());
        responses.onCompleted();
      }
    };
  }
}
