package dev.farpool.coordinator.grpc;

import dev.farpool.common.BlobFiles;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.core.Refusal;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc.BlobServiceImplBase;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.DownloadResponse;
import dev.farpool.v1.FindMissingRequest;
import dev.farpool.v1.FindMissingResponse;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.Executor;

/** Serves blobs. Everything that may wait for the disk runs on its own threads. Thread-safe. */
public final class BlobEndpoint extends BlobServiceImplBase {
  private static final int MOST_BLOBS = 10_000;

  private final Blobs blobs;
  private final Executor threads;

  /**
   * @param threads may be kept waiting by the disk
   */
  public BlobEndpoint(Blobs blobs, Executor threads) {
    this.blobs = blobs;
    this.threads = threads;
  }

  @Override
  public void findMissing(FindMissingRequest request, StreamObserver<FindMissingResponse> call) {
    ServerCallStreamObserver<FindMissingResponse> answer =
        (ServerCallStreamObserver<FindMissingResponse>) call;
    answer.setOnCancelHandler(Calls.NOBODY_LISTENS);
    Scope own = Scopes.ofBlobs();
    if (Calls.passes(call, () -> check(request))) {
      threads.execute(
          () -> {
            FindMissingResponse.Builder missing = FindMissingResponse.newBuilder();
            for (BlobRef blob : request.getBlobsList()) {
              if (!blobs.contains(own, blob)) {
                missing.addMissing(blob);
              }
            }
            call.onNext(missing.build());
            call.onCompleted();
          });
    }
  }

  private static void check(FindMissingRequest request) {
    Check.require(
        request.getBlobsCount() <= MOST_BLOBS,
        "blobs",
        "must be at most " + MOST_BLOBS + ", not " + request.getBlobsCount());
    for (int i = 0; i < request.getBlobsCount(); i++) {
      Check.blob(request.getBlobs(i), "blobs[" + i + "]");
    }
  }

  @Override
  public StreamObserver<UploadRequest> upload(StreamObserver<UploadResponse> call) {
    return UploadCall.open(
        (ServerCallStreamObserver<UploadResponse>) call, blobs, new InOrder(threads));
  }

  @Override
  public void download(DownloadRequest request, StreamObserver<DownloadResponse> call) {
    DownloadCall.open(
        request, (ServerCallStreamObserver<DownloadResponse>) call, blobs, new InOrder(threads));
  }

  /** What went wrong with a blob, as the status of its call. */
  static RuntimeException status(IOException wrong) {
    if (wrong instanceof BlobFiles.BlobMismatchException) {
      return Statuses.of(Refusal.Reason.INVALID_ARGUMENT, wrong.getMessage());
    }
    // A disk that cannot be written to is full for whoever wants to write.
    return Statuses.of(Status.RESOURCE_EXHAUSTED, "blob store: " + wrong.getMessage());
  }

  /** Where the blobs are. All methods may wait for the disk. */
  public interface Blobs {
    /** Whether a blob is there for somebody; others upload it first, as if it were not. */
    boolean contains(Scope reader, BlobRef blob);

    /** Begins to write a blob. */
    BlobFiles.Writer write(BlobRef blob) throws IOException;

    /** Somebody has written a blob, and so may read it. */
    void written(Principal by, BlobRef blob) throws IOException;

    /**
     * Opens a blob for reading from an offset.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there for the reader
     */
    ReadableByteChannel read(Scope reader, BlobRef blob, long offset) throws IOException;
  }
}
