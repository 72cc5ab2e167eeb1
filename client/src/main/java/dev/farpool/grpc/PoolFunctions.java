package dev.farpool.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.call.Definition;
import dev.farpool.core.LargeArgument;
import dev.farpool.core.PoolFunction;
import dev.farpool.v1.FunctionDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/** The functions of a pool and their numbers; what is large goes as a blob. Thread-safe. */
final class PoolFunctions {
  private static final int MAX_INLINE_DEFINITION = 1 << 20;

  private final BlobLink blobs;

  /** Read for every task, so without a lock; written under this one's. */
  private final Map<Definition, PoolFunction> functions = new ConcurrentHashMap<>();

  private final List<LargeArgument> uploaded = new ArrayList<>();
  private int nextNumber = PoolLink.INITIALIZER_NUMBER + 1;

  PoolFunctions(BlobLink blobs) {
    this.blobs = blobs;
  }

  /** Waits for an upload if the function is new and large. */
  PoolFunction of(Definition definition) {
    PoolFunction known = functions.get(definition);
    if (known != null) {
      return known;
    }
    FunctionDefinition.Builder message =
        FunctionDefinition.newBuilder()
            .setSha256(UnsafeByteOperations.unsafeWrap(definition.sha256()));
    LargeArgument large = null;
    if (definition.bytes().length > MAX_INLINE_DEFINITION) {
      large = upload(definition.bytes(), definition.bytes().length);
      message.setBlob(large.blob());
    } else {
      message.setInline(UnsafeByteOperations.unsafeWrap(definition.bytes()));
    }
    synchronized (this) {
      if (large != null && !functions.containsKey(definition)) {
        uploaded.add(large);
      }
      return functions.computeIfAbsent(
          definition, absent -> new PoolFunction(message.setNumber(nextNumber++).build()));
    }
  }

  /** What a coordinator must have to define them. */
  synchronized List<LargeArgument> uploaded() {
    return List.copyOf(uploaded);
  }

  /**
   * Uploads bytes, and waits for it.
   *
   * @throws RejectedExecutionException if the cluster does not take them, or the thread is
   *     interrupted
   */
  LargeArgument upload(byte[] bytes, int length) {
    byte[] exact = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    try {
      return blobs.upload(exact);
    } catch (IOException refused) {
      throw new RejectedExecutionException(
          "a large argument could not be uploaded: " + refused.getMessage(), refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException(
          "interrupted while a large argument was uploaded", interrupted);
    }
  }
}
