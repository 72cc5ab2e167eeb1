package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.PoolSpec;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an agent wants done, as text in its order, and the messages it sends. */
final class RecordedEffects implements Effects {
  final List<String> done = new ArrayList<>();
  final List<AttachRequest> sent = new ArrayList<>();
  final List<Long> ticks = new ArrayList<>();
  boolean writable = true;

  /** What was wanted since the last call. */
  List<String> take() {
    List<String> taken = new ArrayList<>(done);
    done.clear();
    return taken;
  }

  /** What was sent since the last call. */
  List<AttachRequest> takeSent() {
    List<AttachRequest> taken = new ArrayList<>(sent);
    sent.clear();
    return taken;
  }

  @Override
  public boolean send(AttachRequest request) {
    sent.add(request);
    return writable;
  }

  @Override
  public void abandon(String reason) {
    done.add("abandon");
  }

  @Override
  public void leave() {
    done.add("leave");
  }

  @Override
  public void fetchCode(String poolId, PoolSpec spec) {
    done.add("fetchCode " + poolId);
  }

  @Override
  public void fetchBlob(BlobRef blob) {
    done.add("fetchBlob " + blob.getSize());
  }

  @Override
  public void upload(long upload, ByteString bytes) {
    done.add("upload " + upload + " of " + bytes.size());
  }

  @Override
  public void dropPool(String poolId) {
    done.add("drop " + poolId);
  }

  @Override
  public void startExecutor(long executor, String poolId, PoolSpec spec) {
    done.add("start " + executor + " for " + poolId);
  }

  @Override
  public void startSpare(long executor) {
    done.add("start spare " + executor);
  }

  @Override
  public void prepareSpare(long executor) {
    done.add("prepare spare " + executor);
  }

  @Override
  public void setUpSpare(long executor, String poolId, PoolSpec spec, ByteString initializer) {
    done.add("setUp " + executor + " as one of " + poolId);
  }

  @Override
  public void setUp(long executor, PoolSpec spec, ByteString initializer) {
    done.add("setUp " + executor);
  }

  @Override
  public void release(long executor) {
    done.add("release " + executor);
  }

  @Override
  public void define(long executor, int function, ByteString definition) {
    done.add("define " + function + " at " + executor);
  }

  @Override
  public void run(long executor, TaskRun tasks) {
    long last = tasks.firstIndex() + tasks.count() - 1;
    done.add("run " + tasks.firstIndex() + ".." + last + " at " + executor);
  }

  @Override
  public void recall(long executor, long below) {
    done.add("recall below " + below + " at " + executor);
  }

  @Override
  public void interrupt(long executor, long sequence) {
    done.add("interrupt " + sequence + " at " + executor);
  }

  @Override
  public void signalCommand(long executor, long sequence, int signal) {
    done.add("signal " + signal + " to command " + sequence + " at " + executor);
  }

  @Override
  public void signalProcess(long executor, int signal) {
    done.add("signal " + signal + " to " + executor);
  }

  @Override
  public void exit(long executor) {
    done.add("exit " + executor);
  }

  @Override
  public void terminate(long executor) {
    done.add("terminate " + executor);
  }

  @Override
  public void kill(long executor) {
    done.add("kill " + executor);
  }

  @Override
  public void listen(long executor, boolean on) {
    done.add((on ? "listen to " : "ignore ") + executor);
  }

  @Override
  public void tick(long nanos) {
    ticks.add(nanos);
  }
}
