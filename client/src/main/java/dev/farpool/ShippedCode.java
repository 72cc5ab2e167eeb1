package dev.farpool;

import dev.farpool.call.JavaCalls;
import dev.farpool.code.ClassPath;
import dev.farpool.code.CodeFile;
import dev.farpool.grpc.BlobLink;
import dev.farpool.grpc.Channels;
import dev.farpool.grpc.CodeShipper;
import dev.farpool.grpc.SessionLink;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.CodeBundle;
import dev.farpool.v1.CodePart;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The class path of this program, as the code of its pools: read while the connection is made,
 * shipped once to each cluster, and only what is missing there.
 */
final class ShippedCode implements CodeShipper {
  private final FutureTask<List<CodeFile>> files;
  private final CallbackThread shipping = new CallbackThread("farpool-code");
  private boolean shipped;

  private ShippedCode(FutureTask<List<CodeFile>> files) {
    this.files = files;
  }

  static ShippedCode ofThisProgram() {
    FutureTask<List<CodeFile>> files = new FutureTask<>(ClassPath.ofThisProgram()::files);
    Thread reader = new Thread(files, "farpool-code");
    reader.setDaemon(true);
    reader.start();
    return new ShippedCode(files);
  }

  private List<CodeFile> files() {
    try {
      return files.get();
    } catch (ExecutionException unreadable) {
      throw new IllegalStateException(
          "the class path of this program cannot be read: " + unreadable.getCause().getMessage(),
          unreadable.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the class path was read", interrupted);
    }
  }

  CodeBundle bundle() {
    CodeBundle.Builder bundle = CodeBundle.newBuilder().setCodec(JavaCalls.class.getName());
    for (CodeFile file : files()) {
      bundle.addParts(CodePart.newBuilder().setBlob(file.blob()).setName(file.name()));
    }
    return bundle.build();
  }

  /**
   * Ships the code unless that was done.
   *
   * @throws ClusterUnreachableException if the cluster does not take it
   */
  synchronized void shipOnce(SessionLink session) {
    if (shipped) {
      return;
    }
    try {
      BlobLink blobs = session.blobs();
      blobs.insist(() -> shipMissing(blobs, session.channels()));
      shipped = true;
    } catch (IOException | RuntimeException refused) {
      throw new ClusterUnreachableException(
          "the program's classes could not be shipped to "
              + session.channels().peer()
              + ": "
              + refused.getMessage(),
          refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ClusterUnreachableException("interrupted while shipping classes", interrupted);
    }
  }

  @Override
  public CompletionStage<Void> ship(BlobLink blobs, Channels channels) {
    CompletableFuture<Void> shipped = new CompletableFuture<>();
    shipping.execute(
        () -> {
          try {
            shipMissing(blobs, channels);
            shipped.complete(null);
          } catch (IOException | InterruptedException | RuntimeException refused) {
            shipped.completeExceptionally(refused);
          }
        });
    return shipped;
  }

  private void shipMissing(BlobLink blobs, Channels channels)
      throws IOException, InterruptedException {
    List<BlobRef> all = files().stream().map(CodeFile::blob).distinct().toList();
    Set<BlobRef> missing = new HashSet<>(blobs.findMissing(all));
    for (CodeFile file : files()) {
      if (missing.remove(file.blob())) {
        ship(file, blobs, channels);
      }
    }
  }

  private static void ship(CodeFile file, BlobLink blobs, Channels channels)
      throws IOException, InterruptedException {
    if (file.jar().isPresent() && channels.adopt(file.blob(), file.jar().get())) {
      return;
    }
    try (InputStream in = file.open()) {
      blobs.upload(file.blob(), in);
    }
  }
}
