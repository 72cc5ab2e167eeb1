package dev.farpool.coordinator.fuzz;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One call of whatever kind, with bytes for messages. Used by one thread, answered on any. */
final class RawCall extends ClientCall.Listener<byte[]> {
  private final String name;
  private final MethodDescriptor<byte[], byte[]> method;
  private final ClientCall<byte[], byte[]> call;
  private final Consumer<byte[]> answers;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Status status;
  private boolean ended;

  private RawCall(String name, Channel channel, Consumer<byte[]> answers) {
    this.name = name;
    this.method = Contract.raw(name);
    this.call = channel.newCall(method, CallOptions.DEFAULT);
    this.answers = answers;
  }

  /**
   * Opens a call.
   *
   * @param answers gets each message that comes back
   */
  static RawCall open(String name, Channel channel, Consumer<byte[]> answers) {
    RawCall opened = new RawCall(name, channel, answers);
    opened.call.start(opened, new Metadata());
    opened.call.request(Integer.MAX_VALUE);
    return opened;
  }

  String name() {
    return name;
  }

  /** Whether the client can still send on it. */
  boolean takesMore() {
    return !ended && status == null;
  }

  void send(byte[] message) {
    call.sendMessage(message);
    if (method.getType().clientSendsOneMessage()) {
      halfClose();
    }
  }

  void halfClose() {
    if (!ended) {
      ended = true;
      call.halfClose();
    }
  }

  void cancel() {
    ended = true;
    call.cancel("the script cancels", null);
  }

  /** Waits for the end; whether it has come. */
  boolean awaitEnd(long seconds) throws InterruptedException {
    return closed.await(seconds, TimeUnit.SECONDS);
  }

  /** How it has ended; null while it has not. */
  Status status() {
    return status;
  }

  @Override
  public void onMessage(byte[] answer) {
    answers.accept(answer);
  }

  @Override
  public void onClose(Status how, Metadata trailers) {
    status = how;
    closed.countDown();
  }
}
