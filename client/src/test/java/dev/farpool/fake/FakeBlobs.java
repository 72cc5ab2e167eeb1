package dev.farpool.fake;

import com.google.protobuf.ByteString;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.DownloadResponse;
import dev.farpool.v1.FindMissingRequest;
import dev.farpool.v1.FindMissingResponse;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Blobs in memory. */
public final class FakeBlobs extends BlobServiceGrpc.BlobServiceImplBase {
  private static final int PIECE = 1 << 20;
  private final Map<BlobRef, byte[]> blobs = new ConcurrentHashMap<>();

  /** So many downloads break after their first piece. */
  public volatile int breakDownloads;

  /** So many questions for blobs are lost. */
  public final AtomicInteger lostQuestions = new AtomicInteger();

  /** Loses all of them. */
  public void forget() {
    blobs.clear();
  }

  void put(BlobRef blob, byte[] bytes) {
    blobs.put(blob, bytes);
  }

  byte[] get(BlobRef blob) {
    return blobs.get(blob);
  }

  /** Which blobs are there. */
  public Map<BlobRef, byte[]> all() {
    return blobs;
  }

  @Override
  public void findMissing(
      FindMissingRequest request, StreamObserver<FindMissingResponse> response) {
    if (lostQuestions.getAndDecrement() > 0) {
      response.onError(Status.UNAVAILABLE.withDescription("lost by the test").asException());
      return;
    }
    FindMissingResponse.Builder missing = FindMissingResponse.newBuilder();
    request.getBlobsList().stream()
        .filter(blob -> !blobs.containsKey(blob))
        .forEach(missing::addMissing);
    response.onNext(missing.build());
    response.onCompleted();
  }

  @Override
  public StreamObserver<UploadRequest> upload(StreamObserver<UploadResponse> response) {
    return new StreamObserver<>() {
      private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      private BlobRef blob;

      @Override
      public void onNext(UploadRequest request) {
        blob = request.hasBlob() ? request.getBlob() : blob;
        bytes.writeBytes(request.getData().toByteArray());
      }

      @Override
      public void onError(Throwable thrown) {
        blob = null;
      }

      @Override
      public void onCompleted() {
        if (!BlobFiles.refOf(bytes.toByteArray()).equals(blob)) {
          response.onError(
              Status.INVALID_ARGUMENT.withDescription("blob.sha256 differs").asException());
          return;
        }
        blobs.put(blob, bytes.toByteArray());
        response.onNext(UploadResponse.getDefaultInstance());
        response.onCompleted();
      }
    };
  }

  @Override
  public void download(DownloadRequest request, StreamObserver<DownloadResponse> response) {
    byte[] bytes = blobs.get(request.getBlob());
    if (bytes == null) {
      response.onError(Status.NOT_FOUND.asException());
      return;
    }
    boolean breaks = breakDownloads-- > 0;
    for (int at = (int) request.getOffset(); at < bytes.length; at += PIECE) {
      int size = Math.min(PIECE, bytes.length - at);
      response.onNext(
          DownloadResponse.newBuilder().setData(ByteString.copyFrom(bytes, at, size)).build());
      if (breaks) {
        response.onError(Status.UNAVAILABLE.withDescription("broken by the test").asException());
        return;
      }
    }
    response.onCompleted();
  }
}
