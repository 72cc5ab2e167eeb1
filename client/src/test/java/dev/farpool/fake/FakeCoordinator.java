package dev.farpool.fake;

import dev.farpool.common.Durations;
import dev.farpool.v1.*;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Speaks the contract as a coordinator does, with tasks on threads of this JVM. */
public final class FakeCoordinator extends PoolServiceGrpc.PoolServiceImplBase {
  /** How many tasks were started, ever. */
  public static final AtomicLong EXECUTED = new AtomicLong();

  /** In a task: prints. */
  public static final ThreadLocal<Consumer<String>> PRINTER = new ThreadLocal<>();

  static final int MAX_INLINE = 1 << 20;

  /** Is asked first for each request of tasks; null: go on. */
  public volatile java.util.function.Function<SubmitRequest, Rejection> refusal = request -> null;

  /** All requests of tasks. */
  public final List<SubmitRequest> requests = new CopyOnWriteArrayList<>();

  /** How far the pools had come that went on here. */
  public final List<ResumedPool> resumed = new CopyOnWriteArrayList<>();

  /** Whether requests are kept. */
  public volatile boolean recording;

  /** Whether everything is refused as unavailable. */
  public volatile boolean down;

  /** Whether each stream of results breaks at once, while all else goes well. */
  public volatile boolean breakingResults;

  /** Whether the results of cancelled tasks stay unsent. */
  public volatile boolean slowToTell;

  /** So many acknowledgements of results are lost. */
  public final AtomicInteger lostAcknowledgements = new AtomicInteger();

  /** The grace of its sessions. */
  public volatile Duration grace = Duration.ofSeconds(60);

  private final int cores;
  private final FakeBlobs blobs = new FakeBlobs();
  private final Map<String, FakePool> pools = new ConcurrentHashMap<>();
  private final Map<String, Boolean> sessions = new ConcurrentHashMap<>();
  private final List<StreamObserver<SubmitResponse>> submitters = new CopyOnWriteArrayList<>();
  private final AtomicInteger created = new AtomicInteger();
  private volatile String id = UUID.randomUUID().toString();

  /** A fake with this many cores. */
  public FakeCoordinator(int cores) {
    this.cores = cores;
  }

  /** Its blobs. */
  public FakeBlobs blobs() {
    return blobs;
  }

  /** How many pools were created. */
  public int created() {
    return created.get();
  }

  /** How many tasks were started in the pools that are there. */
  public long started() {
    return pools.values().stream().mapToLong(FakePool::started).sum();
  }

  /** How many tasks run in the pools that are there. */
  public int running() {
    return pools.values().stream().mapToInt(FakePool::running).sum();
  }

  /** Forgets the pools, but not the sessions. */
  public void forgetPools() {
    List<FakePool> old = List.copyOf(pools.values());
    pools.clear();
    Throwable reason = Status.NOT_FOUND.withDescription("no such pool").asException();
    old.forEach(pool -> pool.breakReader(reason));
  }

  /** How many messages of results are kept for all pools. */
  public int unacknowledged() {
    return pools.values().stream().mapToInt(FakePool::unacknowledged).sum();
  }

  /** Cuts all streams, and forgets nothing. */
  public void breakStreams() {
    Throwable reason = Status.UNAVAILABLE.withDescription("broken by the test").asException();
    pools.values().forEach(pool -> pool.breakReader(reason));
    breakSubmitters(reason);
  }

  private void breakSubmitters(Throwable reason) {
    for (StreamObserver<SubmitResponse> submitter : submitters) {
      synchronized (submitter) {
        if (submitters.remove(submitter)) {
          submitter.onError(reason);
        }
      }
    }
  }

  /** Becomes another coordinator that knows nothing. */
  public void restart() {
    List<FakePool> old = List.copyOf(pools.values());
    pools.clear();
    sessions.clear();
    id = UUID.randomUUID().toString();
    Throwable reason = Status.UNAVAILABLE.withDescription("restarted by the test").asException();
    old.forEach(pool -> pool.breakReader(reason));
    old.forEach(FakePool::vanish);
    breakSubmitters(reason);
  }

  /** Forgets the sessions, as after their grace. */
  public void forgetSessions() {
    sessions.clear();
    List<FakePool> old = List.copyOf(pools.values());
    pools.clear();
    Throwable reason = Status.NOT_FOUND.withDescription("no such pool").asException();
    old.forEach(pool -> pool.breakReader(reason));
  }

  void close() {
    pools.values().forEach(FakePool::vanish);
  }

  @Override
  public void openSession(
      OpenSessionRequest request, StreamObserver<OpenSessionResponse> response) {
    if (down) {
      response.onError(Status.UNAVAILABLE.asException());
      return;
    }
    String session = UUID.randomUUID().toString();
    sessions.put(session, true);
    response.onNext(
        OpenSessionResponse.newBuilder()
            .setSessionId(session)
            .setCoordinatorId(id)
            .setProtocol(1)
            .setGrace(Durations.toMessage(grace))
            .setMaxInlineBytes(MAX_INLINE)
            .build());
    response.onCompleted();
  }

  @Override
  public void keepAlive(KeepAliveRequest request, StreamObserver<KeepAliveResponse> response) {
    if (down) {
      response.onError(Status.UNAVAILABLE.asException());
    } else if (!sessions.containsKey(request.getSessionId())) {
      response.onError(Status.NOT_FOUND.withDescription("no such session").asException());
    } else {
      answer(response, KeepAliveResponse.getDefaultInstance());
    }
  }

  @Override
  public void closeSession(
      CloseSessionRequest request, StreamObserver<CloseSessionResponse> response) {
    pools.values().stream()
        .filter(pool -> pool.session.equals(request.getSessionId()))
        .forEach(FakePool::terminate);
    answer(response, CloseSessionResponse.getDefaultInstance());
  }

  @Override
  public void createPool(CreatePoolRequest request, StreamObserver<CreatePoolResponse> response) {
    if (!sessions.containsKey(request.getSessionId())) {
      response.onError(Status.NOT_FOUND.withDescription("no such session").asException());
      return;
    }
    pools.computeIfAbsent(
        request.getPoolId(),
        id -> {
          created.incrementAndGet();
          return new FakePool(request, blobs);
        });
    if (request.hasResumed()) {
      resumed.add(request.getResumed());
    }
    answer(response, CreatePoolResponse.newBuilder().setPoolId(request.getPoolId()).build());
  }

  @Override
  public StreamObserver<SubmitRequest> submit(StreamObserver<SubmitResponse> response) {
    submitters.add(response);
    ((ServerCallStreamObserver<SubmitResponse>) response)
        .setOnCancelHandler(() -> submitters.remove(response));
    return new StreamObserver<>() {
      @Override
      public void onNext(SubmitRequest request) {
        synchronized (response) {
          if (submitters.contains(response)) {
            response.onNext(accept(request)); // A broken call takes nothing any more.
          }
        }
      }

      @Override
      public void onError(Throwable thrown) {
        submitters.remove(response);
      }

      @Override
      public void onCompleted() {
        submitters.remove(response);
        response.onCompleted();
      }
    };
  }

  private SubmitResponse accept(SubmitRequest request) {
    if (recording) {
      requests.add(request);
    }
    SubmitResponse.Builder answer = SubmitResponse.newBuilder().setPoolId(request.getPoolId());
    Rejection rejection = refusal.apply(request);
    FakePool pool = pools.get(request.getPoolId());
    if (rejection != null) {
      return answer.setRejected(rejection).build();
    } else if (pool == null) {
      return rejected(answer, Rejection.Reason.REASON_NOT_FOUND);
    } else if (!pool.open()) {
      return rejected(answer, Rejection.Reason.REASON_NOT_RUNNING);
    }
    request.getFunctionsList().forEach(pool::define);
    for (TaskBatch batch : request.getBatchesList()) {
      if (!pool.submit(batch)) {
        return rejected(answer, Rejection.Reason.REASON_INVALID);
      }
    }
    return answer.setNextIndex(pool.nextIndex()).build();
  }

  private static SubmitResponse rejected(SubmitResponse.Builder answer, Rejection.Reason reason) {
    return answer.setRejected(Rejection.newBuilder().setReason(reason)).build();
  }

  @Override
  public void results(ResultsRequest request, StreamObserver<ResultsResponse> response) {
    FakePool pool = pools.get(request.getPoolId());
    if (pool == null) {
      response.onError(Status.NOT_FOUND.withDescription("no such pool").asException());
    } else if (breakingResults) {
      response.onError(Status.UNAVAILABLE.withDescription("broken by the test").asException());
    } else {
      pool.read(request.getCursor(), (ServerCallStreamObserver<ResultsResponse>) response);
    }
  }

  @Override
  public void acknowledgeResults(
      AcknowledgeResultsRequest request, StreamObserver<AcknowledgeResultsResponse> response) {
    if (lostAcknowledgements.getAndDecrement() > 0) {
      response.onError(Status.UNAVAILABLE.withDescription("lost by the test").asException());
      return;
    }
    FakePool pool = pools.get(request.getPoolId());
    if (pool != null) {
      pool.acknowledge(request.getCursor());
    }
    answer(response, AcknowledgeResultsResponse.getDefaultInstance());
  }

  @Override
  public void closePool(ClosePoolRequest request, StreamObserver<ClosePoolResponse> response) {
    FakePool pool = pools.get(request.getPoolId());
    if (pool == null) {
      response.onError(Status.NOT_FOUND.asException());
      return;
    }
    answer(response, ClosePoolResponse.getDefaultInstance());
    pool.close();
  }

  @Override
  public void joinPool(JoinPoolRequest request, StreamObserver<JoinPoolResponse> response) {
    answer(response, JoinPoolResponse.newBuilder().setExplanation("it waits for the test").build());
  }

  @Override
  public void terminatePool(
      TerminatePoolRequest request, StreamObserver<TerminatePoolResponse> response) {
    if (down) {
      response.onError(Status.UNAVAILABLE.asException());
      return;
    }
    pools.get(request.getPoolId()).terminate();
    answer(response, TerminatePoolResponse.getDefaultInstance());
  }

  @Override
  public void cancelTasks(
      CancelTasksRequest request, StreamObserver<CancelTasksResponse> response) {
    CancelTasksResponse.Builder answer = CancelTasksResponse.newBuilder();
    boolean running = request.getMode() != CancelMode.CANCEL_MODE_QUEUED_ONLY;
    FakePool pool = pools.get(request.getPoolId());
    for (IndexRange range : request.getTasksList()) {
      for (long i = range.getFirst(); i < range.getFirst() + range.getCount(); i++) {
        if (pool.cancel(i, running)) {
          answer.addCancelled(IndexRange.newBuilder().setFirst(i).setCount(1));
          if (!slowToTell) {
            pool.tellCancelled(i);
          }
        }
      }
    }
    answer(response, answer.build());
  }

  @Override
  public void explainTask(
      ExplainTaskRequest request, StreamObserver<ExplainTaskResponse> response) {
    answer(
        response, ExplainTaskResponse.newBuilder().setExplanation("all 2 slots are busy").build());
  }

  /** The service that tells the status. */
  public ClusterServiceGrpc.ClusterServiceImplBase status() {
    return new ClusterServiceGrpc.ClusterServiceImplBase() {
      @Override
      public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> response) {
        answer(
            response,
            GetStatusResponse.newBuilder()
                .setCoordinatorVersion("fake")
                .addWorkers(WorkerStatus.newBuilder().setName("w").setCores(cores))
                .build());
      }
    };
  }

  private static <T> void answer(StreamObserver<T> response, T message) {
    response.onNext(message);
    response.onCompleted();
  }
}
