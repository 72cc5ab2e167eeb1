package dev.farpool.coordinator.grpc;

import dev.farpool.common.Durations;
import dev.farpool.common.Protocol;
import dev.farpool.coordinator.access.Caller;
import dev.farpool.coordinator.core.Command;
import dev.farpool.coordinator.core.Placement;
import dev.farpool.coordinator.core.Refusal;
import dev.farpool.coordinator.core.SchedulerLimits;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.Register;
import dev.farpool.v1.Registered;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of one worker. Once the worker is registered only the reader of the scheduler's loop
 * writes to it and ends it.
 */
final class AttachCall implements StreamObserver<AttachRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(AttachCall.class);
  private static final int WINDOW = 4;
  private static final int READY_BYTES = 1 << 20;

  private final ServerCallStreamObserver<AttachResponse> call;
  private final Consumer<Command> loop;
  private final Streams streams;
  private final long link;
  private final Identity identity;
  private final Spill spill;
  private final Intake intake;
  private final String owner = Caller.current().name();

  /** Only the transport's calls touch it, and they come one after the other. */
  private boolean introduced;

  private AttachCall(
      ServerCallStreamObserver<AttachResponse> call,
      Consumer<Command> loop,
      Streams streams,
      long link,
      Identity identity,
      Spill spill,
      Intake intake) {
    this.call = call;
    this.loop = loop;
    this.streams = streams;
    this.link = link;
    this.identity = identity;
    this.spill = spill;
    this.intake = intake;
  }

  static StreamObserver<AttachRequest> open(
      ServerCallStreamObserver<AttachResponse> call,
      Consumer<Command> loop,
      Streams streams,
      long link,
      Identity identity,
      Spill spill,
      Intake intake) {
    AttachCall attach = new AttachCall(call, loop, streams, link, identity, spill, intake);
    call.setOnCancelHandler(attach::broken);
    call.setOnReadyThreshold(READY_BYTES);
    call.setOnReadyHandler(() -> loop.accept((scheduler, now) -> scheduler.workerReady(link)));
    call.disableAutoRequest();
    call.request(WINDOW);
    loop.accept((scheduler, now) -> streams.openLink(link, call));
    return attach;
  }

  @Override
  public void onNext(AttachRequest message) {
    try {
      if (introduced) {
        WorkerCheck.report(message);
        take(message);
      } else {
        introduced = true;
        WorkerCheck.registration(message);
        register(message);
      }
    } catch (InvalidFieldException invalid) {
      end(Statuses.of(invalid));
    }
  }

  private void take(AttachRequest message) {
    if (message.getFinishedCount() > 0 && spill.isWanted()) {
      loop.accept((scheduler, now) -> scheduler.workerHeard(now, link)); // The disk may be slow.
      intake.takeSlow(() -> spillAndReport(message));
    } else {
      intake.take(() -> report(message, Placement.IN_MESSAGE));
    }
  }

  /** What a worker has done is never refused: where the disk is full it stays on the heap. */
  private void spillAndReport(AttachRequest message) {
    try {
      Spilled spilled = Spilled.of(message, spill);
      report(message, spilled);
      loop.accept((scheduler, now) -> spilled.releaseRest());
    } catch (IOException full) {
      LOG.warn("event=spill_failed reason=\"{}\"", full.getMessage());
      report(message, Placement.IN_MESSAGE);
    }
  }

  private void report(AttachRequest message, Placement placement) {
    loop.accept(
        (scheduler, now) -> {
          scheduler.report(now, link, message, placement);
          call.request(1);
        });
  }

  private void register(AttachRequest message) {
    Register register = message.getRegister();
    if (Protocol.agree(register.getProtocol()).isEmpty()) {
      String refusal = Protocol.refusal("coordinator", "worker", register.getProtocol());
      end(Statuses.of(Status.FAILED_PRECONDITION, refusal));
      return;
    }
    Registered answer = answer(register);
    loop.accept(
        (scheduler, now) -> {
          try {
            scheduler.attach(now, link, owner, register, answer, message.getSequence());
            LOG.info(
                "event=worker_registered worker={} owner={} host={} cores={} epoch={}",
                register.getName(),
                owner,
                register.getHost(),
                register.getCores(),
                link);
            call.request(1);
          } catch (Refusal refusal) {
            streams.endLink(link, Statuses.of(refusal));
          }
        });
  }

  private Registered answer(Register register) {
    return Registered.newBuilder()
        .setEpoch(link)
        .setProtocol(Protocol.agree(register.getProtocol()).getAsInt())
        .setCoordinatorId(identity.coordinatorId())
        .setCoordinatorVersion(identity.version())
        .setHeartbeatInterval(Durations.toMessage(identity.limits().heartbeat()))
        .setLease(Durations.toMessage(identity.limits().lease()))
        .setMaxInlineBytes(identity.limits().maxInlineBytes())
        .setOutputWindow(SchedulerLimits.OUTPUT_WINDOW_BYTES)
        .build();
  }

  /** Ends the stream in the loop's turn, as the loop may be writing to it or have ended it. */
  private void end(StatusRuntimeException status) {
    loop.accept(
        (scheduler, now) -> {
          scheduler.workerDisconnected(link);
          streams.endLink(link, status);
        });
  }

  /** A broken stream ends as a cancelled one does. */
  @Override
  public void onError(Throwable broken) {
    broken();
  }

  private void broken() {
    intake.take(
        () ->
            loop.accept(
                (scheduler, now) -> {
                  if (streams.forget(link)) {
                    LOG.info("event=worker_disconnected epoch={}", link);
                  }
                  scheduler.workerDisconnected(link);
                }));
  }

  @Override
  public void onCompleted() {
    if (!introduced) {
      end(Statuses.of(new InvalidFieldException("register", "must be in the first message")));
      return;
    }
    intake.take(
        () ->
            loop.accept(
                (scheduler, now) -> {
                  LOG.info("event=worker_left epoch={}", link);
                  scheduler.workerDisconnected(link);
                  streams.completeLink(link);
                }));
  }
}
