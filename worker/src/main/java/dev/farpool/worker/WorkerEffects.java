package dev.farpool.worker;

import com.google.protobuf.ByteString;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.PoolSpec;
import dev.farpool.worker.blob.BlobCache;
import dev.farpool.worker.blob.BlobRefusedException;
import dev.farpool.worker.blob.BlobTransfer;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.Effects;
import dev.farpool.worker.core.TaskRun;
import dev.farpool.worker.exec.ExecutorHost;
import dev.farpool.worker.grpc.AttachLink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Carries out what the agent wants done. Owned by the worker's loop.
 *
 * <p>The futures of blobs end in a command, whether they succeed or fail.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class WorkerEffects implements Effects {
  private final ExecutorHost executors;
  private final BlobCache blobs;
  private final BlobTransfer transfer;
  private final Consumer<Command> mailbox;
  private AttachLink link;

  WorkerEffects(
      ExecutorHost executors, BlobCache blobs, BlobTransfer transfer, Consumer<Command> mailbox) {
    this.executors = executors;
    this.blobs = blobs;
    this.transfer = transfer;
    this.mailbox = mailbox;
  }

  void connect(AttachLink attachLink) {
    link = attachLink;
  }

  @Override
  public boolean send(AttachRequest request) {
    return link.send(request);
  }

  @Override
  public void abandon(String reason) {
    link.abandon(reason);
  }

  @Override
  public void leave() {
    link.leave();
  }

  @Override
  public void fetchCode(String poolId, PoolSpec spec) {
    List<CompletableFuture<Path>> parts = new ArrayList<>();
    spec.getCode().getPartsList().forEach(part -> parts.add(blobs.fetch(part.getBlob())));
    CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
        .thenRunAsync(() -> layOut(poolId, spec, parts), executors.files())
        .whenComplete((done, failed) -> codeFetched(poolId, failed));
  }

  private void layOut(String poolId, PoolSpec spec, List<CompletableFuture<Path>> parts) {
    try {
      executors.layOut(poolId, spec, parts.stream().map(CompletableFuture::join).toList());
    } catch (IOException unwritable) {
      throw new CompletionException(unwritable);
    }
  }

  private void codeFetched(String poolId, Throwable failed) {
    if (failed == null) {
      mailbox.accept((agent, now) -> agent.codeReady(poolId));
    } else {
      mailbox.accept((agent, now) -> agent.codeFailed(poolId, reason(failed), now));
    }
  }

  @Override
  public void fetchBlob(BlobRef blob) {
    blobs
        .fetch(blob)
        .whenComplete(
            (path, failed) -> {
              if (failed == null) {
                fetched(blob, path);
              } else if (failed instanceof BlobRefusedException) {
                mailbox.accept((agent, now) -> agent.blobFailed(blob, reason(failed)));
              } else {
                mailbox.accept((agent, now) -> agent.blobUnavailable(blob, reason(failed)));
              }
            });
  }

  private void fetched(BlobRef blob, Path path) {
    try {
      ByteString bytes = BlobCache.map(path);
      mailbox.accept((agent, now) -> agent.blobReady(blob, bytes));
    } catch (IOException unreadable) {
      mailbox.accept((agent, now) -> agent.blobUnavailable(blob, unreadable.toString()));
    }
  }

  @Override
  public void upload(long upload, ByteString bytes) {
    blobs.threads().execute(() -> store(upload, bytes));
  }

  private void store(long upload, ByteString bytes) {
    try {
      BlobRef blob = BlobFiles.refOf(bytes.toByteArray());
      transfer.upload(blob, bytes);
      mailbox.accept((agent, now) -> agent.uploaded(upload, blob));
    } catch (BlobRefusedException refused) {
      mailbox.accept((agent, now) -> agent.uploadFailed(upload, refused.getMessage()));
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      // Whatever it was, somebody waits for the result.
      mailbox.accept((agent, now) -> agent.uploadLost(upload, failed.toString()));
    }
  }

  @Override
  public void dropPool(String poolId) {
    executors.dropPool(poolId);
  }

  @Override
  public void startExecutor(long executor, String poolId, PoolSpec spec) {
    executors.start(executor, poolId, spec);
  }

  @Override
  public void startSpare(long executor) {
    executors.startSpare(executor);
  }

  @Override
  public void prepareSpare(long executor) {
    executors.prepareSpare(executor);
  }

  @Override
  public void setUpSpare(long executor, String poolId, PoolSpec spec, ByteString initializer) {
    executors.setUpSpare(executor, poolId, spec, initializer);
  }

  @Override
  public void setUp(long executor, PoolSpec spec, ByteString initializer) {
    executors.setUp(executor, spec, initializer);
  }

  @Override
  public void release(long executor) {
    executors.release(executor);
  }

  @Override
  public void define(long executor, int function, ByteString definition) {
    executors.define(executor, function, definition);
  }

  @Override
  public void run(long executor, TaskRun tasks) {
    executors.run(executor, tasks);
  }

  @Override
  public void recall(long executor, long below) {
    executors.recall(executor, below);
  }

  @Override
  public void interrupt(long executor, long sequence) {
    executors.interrupt(executor, sequence);
  }

  @Override
  public void signalCommand(long executor, long sequence, int signal) {
    executors.signalCommand(executor, sequence, signal);
  }

  @Override
  public void signalProcess(long executor, int signal) {
    executors.signalProcess(executor, signal);
  }

  @Override
  public void exit(long executor) {
    executors.exit(executor);
  }

  @Override
  public void terminate(long executor) {
    executors.terminate(executor);
  }

  @Override
  public void kill(long executor) {
    executors.kill(executor);
  }

  @Override
  public void listen(long executor, boolean on) {
    executors.listen(executor, on);
  }

  @Override
  public void tick(long nanos) {
    executors.tick(nanos);
  }

  private static String reason(Throwable failed) {
    Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
    return String.valueOf(cause.getMessage());
  }
}
