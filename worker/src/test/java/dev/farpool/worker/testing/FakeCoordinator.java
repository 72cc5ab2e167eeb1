package dev.farpool.worker.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptOutput;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.WorkerServiceGrpc;
import dev.farpool.worker.CoordinatorChannels;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** A coordinator that does what a test says, and keeps what it heard. */
public final class FakeCoordinator extends WorkerServiceGrpc.WorkerServiceImplBase
    implements CoordinatorChannels, AutoCloseable {
  private static final java.time.Duration WAIT = java.time.Duration.ofSeconds(20);
  private static final int LAST_HEARD = 50;

  private final String name = UUID.randomUUID().toString();
  private final FakeBlobs blobs = new FakeBlobs();
  private final Server server;
  private final ManagedChannel channel;
  private final Semaphore passing = new Semaphore(1);
  private final List<AttachRequest> heard = new ArrayList<>();
  private final Map<Long, TaskResult> outcomes = new TreeMap<>();
  private final List<AttemptOutput> output = new ArrayList<>();
  private final List<PoolOpened> opened = new ArrayList<>();
  private final HandedOut handedOut = new HandedOut();
  private StreamObserver<AttachResponse> worker;
  private String coordinatorId = "first";
  private double leaseSeconds = 10;
  private boolean acknowledging = true;
  private boolean repeating;
  private boolean forgetful;
  private Status refusal;
  private int registrations;
  private int cores;

  public FakeCoordinator() throws IOException {
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(this)
            .addService(blobs)
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @Override
  public Channel control() {
    return channel;
  }

  @Override
  public Channel bulk() {
    return channel;
  }

  public FakeBlobs blobs() {
    return blobs;
  }

  public synchronized void setLeaseSeconds(double seconds) {
    leaseSeconds = seconds;
  }

  public synchronized void setCoordinatorId(String id) {
    coordinatorId = id;
  }

  /** Ends all pools without a word to the worker. */
  public synchronized void forgetPools() {
    opened.clear();
  }

  /** Whether tasks that come back are handed out again. */
  public synchronized void setRepeating(boolean on) {
    repeating = on;
  }

  /** With what registrations are refused; null if they are accepted. */
  public synchronized void setRefusal(Status status) {
    refusal = status;
  }

  /** Whether it keeps only the last message. */
  public synchronized void setForgetful(boolean on) {
    forgetful = on;
  }

  /** Whether messages are acknowledged. */
  public synchronized void setAcknowledging(boolean on) {
    acknowledging = on;
  }

  @Override
  public StreamObserver<AttachRequest> attach(StreamObserver<AttachResponse> responses) {
    return new StreamObserver<>() {
      @Override
      public void onNext(AttachRequest request) {
        hear(request, responses);
      }

      @Override
      public void onError(Throwable broken) {
        // The test ends it, or looks at what came after.
      }

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  /** From now on whoever sends a message waits. */
  public void hang() {
    passing.acquireUninterruptibly();
  }

  /** Those who wait go on. */
  public void goOn() {
    passing.release();
  }

  private void hear(AttachRequest request, StreamObserver<AttachResponse> responses) {
    passing.acquireUninterruptibly();
    passing.release();
    synchronized (this) {
      if (forgetful) {
        heard.clear();
        output.clear();
      }
      heard.add(request);
      if (request.hasRegister() && refusal != null) {
        notifyAll();
        responses.onError(refusal.asRuntimeException());
        return;
      }
      if (request.hasRegister()) {
        worker = responses;
        cores = request.getRegister().getCores();
      }
      output.addAll(request.getOutputList());
      request.getFinishedList().forEach(this::keep);
      request.getFinishedList().forEach(handedOut::finished);
      notifyAll();
      AttachResponse.Builder answer = AttachResponse.newBuilder();
      if (acknowledging) {
        answer.setAcknowledged(request.getSequence());
      }
      if (repeating) {
        for (AttemptsReturned returned : request.getReturnedList()) {
          handedOut.returned(returned);
          handedOut.cancelled(returned).forEach(result -> outcomes.put(result.getIndex(), result));
        }
        handedOut.repeat(cores, answer);
      }
      if (request.hasRegister()) {
        answer.setRegistered(registered()).addAllOpened(opened);
        answer.addAllForgotten(forgotten(request.getRegister()));
      }
      responses.onNext(answer.build());
    }
  }

  /** What this very coordinator opened once and does not know any more. */
  private List<String> forgotten(Register register) {
    if (!register.getLastCoordinatorId().equals(coordinatorId)) {
      return List.of();
    }
    List<String> known = opened.stream().map(PoolOpened::getPoolId).toList();
    return register.getHeldList().stream()
        .map(HeldAttempts::getPoolId)
        .filter(poolId -> !known.contains(poolId))
        .toList();
  }

  private Registered registered() {
    long leaseNanos = (long) (leaseSeconds * 1e9);
    return Registered.newBuilder()
        .setEpoch(1)
        .setProtocol(1)
        .setCoordinatorId(coordinatorId)
        .setHeartbeatInterval(Duration.newBuilder().setNanos(200_000_000))
        .setLease(
            Duration.newBuilder()
                .setSeconds(leaseNanos / 1_000_000_000)
                .setNanos((int) (leaseNanos % 1_000_000_000)))
        .setMaxInlineBytes(1 << 20)
        .build();
  }

  private void keep(AttemptsFinished finished) {
    ResultBlock block = finished.getBlock();
    int at = 0;
    for (int i = 0; i < block.getIndexesCount(); i++) {
      ByteString value = block.getValues().substring(at, at + block.getSizes(i));
      at += block.getSizes(i);
      long index = block.getIndexes(i);
      outcomes.put(index, TaskResult.newBuilder().setIndex(index).setEncoded(value).build());
    }
    finished.getResultsList().forEach(result -> outcomes.put(result.getIndex(), result));
  }

  /** Sends the worker a message. */
  public synchronized void send(AttachResponse.Builder message) {
    opened.addAll(message.getOpenedList());
    message.getStartList().forEach(handedOut::started);
    message.getStopList().forEach(handedOut::stopped);
    worker.onNext(message.build());
  }

  /** Breaks the worker's stream. */
  public synchronized void breakStream() {
    worker.onError(Status.UNAVAILABLE.withDescription("test").asRuntimeException());
  }

  /** Waits for a registration that was not asked for yet, and gives it. */
  public Register awaitNextRegistration() throws InterruptedException {
    return awaitRegistration(registrations + 1);
  }

  /** Waits for a registration and gives it. */
  public Register awaitRegistration(int number) throws InterruptedException {
    List<AttachRequest> all =
        awaitHeard(heard -> heard.stream().filter(AttachRequest::hasRegister).count() >= number)
            .stream()
            .filter(AttachRequest::hasRegister)
            .toList();
    registrations = all.size();
    return all.get(number - 1).getRegister();
  }

  /** Waits until what was heard is enough, and gives all of it. */
  public synchronized List<AttachRequest> awaitHeard(Predicate<List<AttachRequest>> enough)
      throws InterruptedException {
    await(() -> enough.test(heard), WAIT);
    return List.copyOf(heard);
  }

  /** Waits for so many outcomes, and gives all by index. */
  public synchronized Map<Long, TaskResult> awaitOutcomes(int count) throws InterruptedException {
    return awaitOutcomes(count, WAIT);
  }

  /** The same with a bound of one's own. */
  public synchronized Map<Long, TaskResult> awaitOutcomes(int count, java.time.Duration bound)
      throws InterruptedException {
    await(() -> outcomes.size() >= count, bound);
    return new TreeMap<>(outcomes);
  }

  /** What was printed so far. */
  public synchronized List<AttemptOutput> output() {
    return List.copyOf(output);
  }

  private interface Condition {
    boolean holds();
  }

  private synchronized void await(Condition condition, java.time.Duration bound)
      throws InterruptedException {
    long end = System.currentTimeMillis() + bound.toMillis();
    while (!condition.holds()) {
      long left = end - System.currentTimeMillis();
      if (left <= 0) {
        List<AttachRequest> last =
            heard.subList(Math.max(0, heard.size() - LAST_HEARD), heard.size());
        throw new AssertionError("waited in vain; outcomes " + outcomes + ", last heard " + last);
      }
      wait(left);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
