package dev.farpool.scale.crew;

import dev.farpool.common.Durations;
import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.Credit;
import dev.farpool.v1.Heartbeat;
import dev.farpool.v1.PoolReleased;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.WorkerServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A worker that speaks as a real one does: it tells what has ended as soon as the stream takes it,
 * beats, grants prefetch, and minds its lease. Its tasks only take time. It does not come back
 * after a break: that counts as a loss. Belongs to the thread of its crew.
 */
final class SimWorker implements ClientResponseObserver<AttachRequest, AttachResponse> {
  private final String name;
  private final CrewPlan plan;
  private final TaskTimes times;
  private final Crew crew;
  private final Sent sent = new Sent();
  private final Map<Long, SimPool> pools = new LinkedHashMap<>();
  private ClientCallStreamObserver<AttachRequest> stream;
  private int running;
  private boolean up;
  private boolean heartbeatDue;
  private long heartbeatMillis;
  private long leaseNanos;

  SimWorker(int number, CrewPlan plan, Crew crew) {
    this.name = "sim-" + number;
    this.plan = plan;
    this.times = new TaskTimes(plan.taskMillis(), plan.spread(), number);
    this.crew = crew;
  }

  void attach(Channel channel) {
    WorkerServiceGrpc.newStub(channel).attach(this);
    Register register =
        Register.newBuilder()
            .setProtocol(Protocol.RANGE)
            .setName(name)
            .setInstanceId(name)
            .setHost(name)
            .setCores(plan.cores())
            .setVersion("simulated")
            .build();
    stream.onNext(
        AttachRequest.newBuilder()
            .setRegister(register)
            .setSequence(sent.add(false, crew.now()))
            .build());
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<AttachRequest> requests) {
    stream = requests;
    requests.setOnReadyHandler(() -> crew.touch(this));
  }

  @Override
  public void onNext(AttachResponse message) {
    crew.counts().received();
    if (message.hasRegistered()) {
      registered(message.getRegistered());
    }
    acknowledged(message.getAcknowledged());
    message.getOpenedList().forEach(opened -> open(opened.getPool()));
    message.getStartList().forEach(this::start);
    message.getReleasedList().forEach(this::release);
    crew.touch(this);
  }

  private void registered(Registered answer) {
    up = true;
    heartbeatMillis = Durations.nanos(answer.getHeartbeatInterval()) / 1_000_000;
    leaseNanos = Durations.nanos(answer.getLease());
    crew.registered();
    beatIn(Math.floorMod(name.hashCode(), heartbeatMillis));
  }

  private void beatIn(long millis) {
    crew.wheel()
        .in(
            millis,
            () -> {
              heartbeatDue = true;
              crew.touch(this);
              beatIn(heartbeatMillis);
            });
  }

  private void acknowledged(long upTo) {
    long now = crew.now();
    if (now - sent.acknowledgedNanos() > leaseNanos && sent.acknowledgedNanos() != 0) {
      crew.counts().leaseOver();
    }
    sent.acknowledged(upTo, now, crew.counts());
  }

  private void open(long pool) {
    pools.put(pool, new SimPool(pool, new Prefetch(plan.taskMillis() * 1e6)));
  }

  private void start(StartAttempts start) {
    SimPool pool = pools.get(start.getPool());
    int count = start.getBatch().getJava().getSizesCount();
    pool.add(start.getBatch().getFirstIndex(), count, start.getAttempt(), start.getSlots());
    startWaiting();
  }

  private void release(PoolReleased released) {
    pools.remove(released.getPool());
  }

  /** Starts what there are slots for. */
  private void startWaiting() {
    for (SimPool pool : pools.values()) {
      while (running < plan.cores() && pool.mayStart()) {
        running++;
        Runnable end = pool.start();
        crew.counts().started();
        crew.wheel().in(times.nextMillis(), () -> ended(end));
      }
    }
  }

  private void ended(Runnable end) {
    running--;
    end.run();
    startWaiting();
    crew.touch(this);
  }

  /** Sends what has gathered, if the stream takes it. */
  void flush() {
    if (!up || !stream.isReady()) {
      return;
    }
    for (SimPool pool : pools.values()) {
      pool.creditDue |= pool.prefetch.regrant(sent.roundTripNanos());
    }
    boolean gather = sent.size() >= plan.unacknowledged();
    if (heartbeatDue || (!gather && hasNews())) {
      send();
    }
  }

  private boolean hasNews() {
    for (SimPool pool : pools.values()) {
      if (pool.creditDue || pool.hasFinished()) {
        return true;
      }
    }
    return false;
  }

  private void send() {
    AttachRequest.Builder message = AttachRequest.newBuilder();
    if (heartbeatDue) {
      message.setHeartbeat(Heartbeat.newBuilder().setRoundTripNanos(sent.roundTripNanos()));
    }
    for (SimPool pool : pools.values()) {
      addNews(pool, message);
    }
    message.setSequence(sent.add(heartbeatDue, crew.now()));
    heartbeatDue = false;
    crew.counts().sent();
    stream.onNext(message.build());
  }

  private static void addNews(SimPool pool, AttachRequest.Builder message) {
    if (pool.hasFinished()) {
      message.addFinished(pool.takeFinished());
    }
    if (pool.creditDue) {
      pool.creditDue = false;
      message.addCredits(
          Credit.newBuilder().setPool(pool.number).setPrefetchPerSlot(pool.prefetch.granted()));
    }
  }

  @Override
  public void onError(Throwable broken) {
    up = false;
    crew.broken(name + ": " + Status.fromThrowable(broken));
  }

  @Override
  public void onCompleted() {
    up = false;
    crew.broken(name + ": the coordinator ended the stream");
  }
}
