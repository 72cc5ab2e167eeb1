package dev.farpool.coordinator.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.farpool.coordinator.core.Bytes;
import dev.farpool.coordinator.core.Placement;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskResult;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The payload of one message on disk, until the core has taken what it keeps. */
final class Spilled implements Placement {
  /** Smaller payload would save nothing: to know of bytes elsewhere takes about as much. */
  private static final int LEAST_BYTES = 1024;

  private final Spill spill;
  private final Map<Object, Bytes> stored = new IdentityHashMap<>();

  private Spilled(Spill spill) {
    this.spill = spill;
  }

  static Spilled of(SubmitRequest request, Spill spill) throws IOException {
    Spilled spilled = new Spilled(spill);
    spilled.store(() -> spilled.tasks(request));
    return spilled;
  }

  static Spilled of(AttachRequest message, Spill spill) throws IOException {
    Spilled spilled = new Spilled(spill);
    spilled.store(() -> spilled.results(message));
    return spilled;
  }

  private void store(Step step) throws IOException {
    try {
      step.run();
    } catch (IOException full) {
      releaseRest();
      throw full;
    }
  }

  private void tasks(SubmitRequest request) throws IOException {
    for (TaskBatch batch : request.getBatchesList()) {
      switch (batch.getTasksCase()) {
        case JAVA -> put(batch.getJava().getArguments(), batch.getJava().getArguments());
        case STATIC_METHODS ->
            put(batch.getStaticMethods(), joined(batch.getStaticMethods().getCallsList()));
        case COMMANDS -> put(batch.getCommands(), joined(batch.getCommands().getCommandsList()));
        case TASKS_NOT_SET -> {
          // To be refused.
        }
      }
    }
  }

  private static ByteString joined(List<? extends MessageLite> messages) {
    ByteString.Output joined = ByteString.newOutput();
    try {
      for (MessageLite message : messages) {
        message.writeTo(joined);
      }
    } catch (IOException notInMemory) {
      throw new IllegalStateException(notInMemory);
    }
    return joined.toByteString();
  }

  private void results(AttachRequest message) throws IOException {
    for (AttemptsFinished finished : message.getFinishedList()) {
      put(finished.getBlock().getValues(), finished.getBlock().getValues());
      for (TaskResult result : finished.getResultsList()) {
        if (result.getSerializedSize() >= LEAST_BYTES) {
          put(result, result.toByteString());
        }
      }
    }
  }

  private void put(Object piece, ByteString bytes) throws IOException {
    if (bytes.size() >= LEAST_BYTES && !stored.containsKey(piece)) {
      stored.put(piece, spill.put(bytes));
    }
  }

  @Override
  public Bytes take(Object piece) {
    return stored.remove(piece);
  }

  /** What the core did not take is not needed. */
  void releaseRest() {
    stored.values().forEach(Bytes::release);
    stored.clear();
  }

  /** Something that may wait for the disk. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
