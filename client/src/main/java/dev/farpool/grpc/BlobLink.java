package dev.farpool.grpc;

import dev.farpool.common.BlobFiles;
import dev.farpool.core.LargeArgument;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.BlobServiceGrpc.BlobServiceStub;
import dev.farpool.v1.FindMissingRequest;
import dev.farpool.v1.FindMissingResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Blobs, up and down. What waits does so as long as it must: where the connection is lost it begins
 * again, until the session's patience has run out. Thread-safe.
 */
public final class BlobLink {
  private static final long FIND_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SLOWEST_BYTES_A_SECOND = 100_000;
  private static final long RETRY_MILLIS = 200;

  private final Channels channels;
  private final Duration patience;
  private final BooleanSupplier closed;

  BlobLink(Channels channels, Duration patience, BooleanSupplier closed) {
    this.channels = channels;
    this.patience = patience;
    this.closed = closed;
  }

  /** For one transfer: a peer that carries less than anybody would wait for is given up. */
  BlobServiceStub stub(BlobRef blob) {
    long seconds = blob.getSize() / SLOWEST_BYTES_A_SECOND;
    return stub(FIND_NANOS + TimeUnit.SECONDS.toNanos(seconds));
  }

  private BlobServiceStub stub(long nanos) {
    return BlobServiceGrpc.newStub(channels.bulk()).withDeadlineAfter(nanos, TimeUnit.NANOSECONDS);
  }

  private CompletableFuture<List<BlobRef>> missing(List<BlobRef> blobs) {
    FindMissingRequest request = FindMissingRequest.newBuilder().addAllBlobs(blobs).build();
    return Replies.to(
            (StreamObserver<FindMissingResponse> reply) ->
                stub(FIND_NANOS).findMissing(request, reply))
        .thenApply(FindMissingResponse::getMissingList);
  }

  /**
   * Those of some blobs that the cluster has not got. Waits.
   *
   * @throws IOException if it does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public List<BlobRef> findMissing(List<BlobRef> blobs) throws IOException, InterruptedException {
    try {
      return missing(blobs).get();
    } catch (ExecutionException unheard) {
      throw new IOException(Replies.text(unheard.getCause()), unheard.getCause());
    }
  }

  /**
   * Uploads bytes. Waits.
   *
   * @return their name, and the bytes
   * @throws IOException if the cluster does not take them
   * @throws InterruptedException if the thread is interrupted
   */
  LargeArgument upload(byte[] bytes) throws IOException, InterruptedException {
    LargeArgument argument = new LargeArgument(BlobFiles.refOf(bytes), bytes);
    insist(
        () -> {
          try {
            ByteUpload.run(stub(argument.blob()), argument).get();
          } catch (ExecutionException refused) {
            throw new IOException(Replies.text(refused.getCause()), refused.getCause());
          }
        });
    return argument;
  }

  /** What may have to be repeated. */
  @FunctionalInterface
  public interface Transfer {
    /** Does it once. */
    void run() throws IOException, InterruptedException;
  }

  /**
   * Repeats what a lost connection cut off, until the session's patience has run out. Waits.
   *
   * @throws IOException what went wrong the last time
   * @throws InterruptedException if the thread is interrupted
   */
  public void insist(Transfer transfer) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        transfer.run();
        return;
      } catch (IOException refused) {
        if (!mayRepeat(refused, deadline)) {
          throw refused;
        }
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  boolean mayRepeat(Throwable refused, long deadlineNanos) {
    return Replies.repeatable(refused)
        && !closed.getAsBoolean()
        && System.nanoTime() - deadlineNanos < 0;
  }

  /** Uploads those that the cluster has not got, one after the other. */
  CompletionStage<Void> restore(List<LargeArgument> arguments) {
    if (arguments.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return missing(arguments.stream().map(LargeArgument::blob).distinct().toList())
        .thenCompose(missing -> restore(arguments, new HashSet<>(missing)));
  }

  private CompletionStage<Void> restore(List<LargeArgument> arguments, Set<BlobRef> missing) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (LargeArgument argument : arguments) {
      if (missing.remove(argument.blob())) {
        done = done.thenCompose(last -> ByteUpload.run(stub(argument.blob()), argument));
      }
    }
    return done;
  }

  /**
   * Uploads a blob. Waits.
   *
   * @param in its bytes; not closed
   * @throws IOException if they cannot be read, or the cluster does not take them
   * @throws InterruptedException if the thread is interrupted
   */
  public void upload(BlobRef blob, InputStream in) throws IOException, InterruptedException {
    new BlobUpload(blob).run(stub(blob), in);
  }

  /**
   * Downloads a blob. Waits, also when the thread is interrupted, as nobody could ask again.
   *
   * @throws IOException if it is not there, cannot be got, or is larger than an array
   */
  public byte[] download(BlobRef blob) throws IOException {
    return new BlobDownload(this, blob).run(System.nanoTime() + patience.toNanos());
  }
}
