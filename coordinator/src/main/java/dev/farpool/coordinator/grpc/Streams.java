package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Effects;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.JoinPoolResponse;
import dev.farpool.v1.ReadTaskOutputResponse;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.SubmitResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open streams, and the only one who writes to them: the reader of the scheduler's loop.
 *
 * <p>Not thread-safe; used only from commands and effects.
 */
public final class Streams implements Effects {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  private final Map<Long, ServerCallStreamObserver<AttachResponse>> links = new LinkedHashMap<>();
  private final Map<Long, ServerCallStreamObserver<ResultsResponse>> results =
      new LinkedHashMap<>();
  private final Map<Long, StreamObserver<SubmitResponse>> submits = new LinkedHashMap<>();
  private final Map<Long, StreamObserver<JoinPoolResponse>> joins = new LinkedHashMap<>();
  private final Map<Long, ServerCallStreamObserver<ReadTaskOutputResponse>> prints =
      new LinkedHashMap<>();

  void openLink(long link, ServerCallStreamObserver<AttachResponse> stream) {
    links.put(link, stream);
  }

  void openResults(long call, ServerCallStreamObserver<ResultsResponse> stream) {
    results.put(call, stream);
  }

  void openSubmit(long call, StreamObserver<SubmitResponse> stream) {
    submits.put(call, stream);
  }

  void openJoin(long call, StreamObserver<JoinPoolResponse> answer) {
    joins.put(call, answer);
  }

  void openPrint(long call, ServerCallStreamObserver<ReadTaskOutputResponse> stream) {
    prints.put(call, stream);
  }

  /** Answers a request, unless its call has ended. */
  void answerSubmit(long call, SubmitResponse response) {
    StreamObserver<SubmitResponse> stream = submits.get(call);
    if (stream != null) {
      stream.onNext(response);
    }
  }

  void completeSubmit(long call) {
    complete(submits.remove(call));
  }

  /** A call is no more, or never was in order; whether it was open. */
  boolean forget(long call) {
    return links.remove(call) != null
        || results.remove(call) != null
        || submits.remove(call) != null
        || joins.remove(call) != null
        || prints.remove(call) != null;
  }

  @Override
  public boolean send(long link, AttachResponse message) {
    return write(links.get(link), message);
  }

  @Override
  public boolean deliver(long call, ResultsResponse message) {
    return write(results.get(call), message);
  }

  private static <T> boolean write(ServerCallStreamObserver<T> stream, T message) {
    if (stream == null) {
      return true; // It has just ended, and the scheduler is about to learn of it.
    }
    stream.onNext(message);
    return stream.isReady();
  }

  @Override
  public void endLink(long link, String message) {
    LOG.warn("event=worker_ended epoch={} reason=\"{}\"", link, message);
    end(links.remove(link), Statuses.of(Status.UNAVAILABLE, message));
  }

  /** Refuses a worker, unless its stream has ended already. */
  void endLink(long link, StatusRuntimeException status) {
    end(links.remove(link), status);
  }

  /** Ends a worker's stream that the worker has ended. */
  void completeLink(long link) {
    complete(links.remove(link));
  }

  @Override
  public void completeResults(long call) {
    complete(results.remove(call));
  }

  @Override
  public void supersedeResults(long call) {
    end(
        results.remove(call),
        Statuses.of(Status.ABORTED, "another Results call follows the pool now"));
  }

  @Override
  public boolean print(long call, ReadTaskOutputResponse message) {
    return write(prints.get(call), message);
  }

  @Override
  public void completePrint(long call) {
    complete(prints.remove(call));
  }

  @Override
  public void joined(long call, JoinPoolResponse response) {
    StreamObserver<JoinPoolResponse> answer = joins.remove(call);
    if (answer != null) {
      answer.onNext(response);
      answer.onCompleted();
    }
  }

  /** Ends everything that is open, as the coordinator stops. */
  public void endAll(String message) {
    RuntimeException stopping = Statuses.of(Status.UNAVAILABLE, message);
    links.values().forEach(stream -> stream.onError(stopping));
    results.values().forEach(stream -> stream.onError(stopping));
    submits.values().forEach(stream -> stream.onError(stopping));
    joins.values().forEach(answer -> answer.onError(stopping));
    prints.values().forEach(stream -> stream.onError(stopping));
    links.clear();
    results.clear();
    submits.clear();
    joins.clear();
    prints.clear();
  }

  private static void end(StreamObserver<?> stream, RuntimeException status) {
    if (stream != null) {
      stream.onError(status);
    }
  }

  private static void complete(StreamObserver<?> stream) {
    if (stream != null) {
      stream.onCompleted();
    }
  }
}
