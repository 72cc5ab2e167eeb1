package dev.farpool.coordinator.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.CloseSessionRequest;
import dev.farpool.v1.CreatePoolResponse;
import dev.farpool.v1.OpenSessionResponse;
import io.grpc.Channel;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;

/** The peer that nobody would want: does to a coordinator what a script says. */
final class Client {
  private static final int MOST_STEPS = 64;
  private static final long ANSWER_SECONDS = 10;
  private static final int MOST_MILLIS = 30_000;

  private final Channel channel;
  private final Time time;
  private final Names names = new Names();
  private final List<RawCall> calls = new ArrayList<>();
  private boolean another;

  /** Lets time pass for everybody. */
  @FunctionalInterface
  interface Time {
    void pass(long millis);
  }

  Client(Channel channel, Time time) {
    this.channel = channel;
    this.time = time;
  }

  /** Does the steps, as many as are worth the while. */
  void play(Message script) throws InterruptedException {
    FieldDescriptor steps = script.getDescriptorForType().findFieldByName("steps");
    int count = Math.min(MOST_STEPS, script.getRepeatedFieldCount(steps));
    for (int i = 0; i < count; i++) {
      Message step = (Message) script.getRepeatedField(steps, i);
      for (FieldDescriptor does : step.getAllFields().keySet()) {
        play(does.getName(), step.getField(does));
      }
    }
  }

  private void play(String does, Object value) throws InterruptedException {
    switch (does) {
      case Scripts.ANOTHER -> another = true;
      case Scripts.HALF_CLOSE -> chosen((Integer) value).forEach(RawCall::halfClose);
      case Scripts.CANCEL -> chosen((Integer) value).forEach(RawCall::cancel);
      case Scripts.PASS_MILLIS ->
          time.pass(Integer.remainderUnsigned((Integer) value, MOST_MILLIS));
      default -> {
        if (value instanceof ByteString bytes) {
          send(does.substring(Scripts.RAW.length()), bytes.toByteArray());
        } else {
          send(does, names.fill((Message) value).toByteArray());
        }
      }
    }
  }

  /** None or one of the calls to which something can still happen. */
  private List<RawCall> chosen(int which) {
    List<RawCall> open = calls.stream().filter(RawCall::takesMore).toList();
    return open.isEmpty() ? open : List.of(open.get(Integer.remainderUnsigned(which, open.size())));
  }

  private void send(String name, byte[] message) throws InterruptedException {
    MethodType type = Contract.typed(name).getType();
    RawCall call = type.clientSendsOneMessage() ? null : openCall(name);
    if (call == null) {
      call = RawCall.open(name, channel, answer -> learn(name, answer));
      calls.add(call);
    }
    another = false;
    call.send(message);
    boolean answeredAtOnce = type == MethodType.UNARY && !name.equals("join_pool");
    if (answeredAtOnce && !call.awaitEnd(ANSWER_SECONDS)) {
      throw new AssertionError(name + " was not answered");
    }
  }

  private RawCall openCall(String name) {
    for (int i = calls.size() - 1; i >= 0 && !another; i--) {
      if (calls.get(i).name().equals(name) && calls.get(i).takesMore()) {
        return calls.get(i);
      }
    }
    return null;
  }

  /** Remembers what the coordinator calls its things. */
  private synchronized void learn(String name, byte[] answer) {
    try {
      switch (name) {
        case "open_session" -> {
          OpenSessionResponse opened = OpenSessionResponse.parseFrom(answer);
          names.session(opened.getSessionId());
          names.coordinator(opened.getCoordinatorId());
        }
        case "create_pool" -> names.pool(CreatePoolResponse.parseFrom(answer).getPoolId());
        case "attach" ->
            AttachResponse.parseFrom(answer)
                .getOpenedList()
                .forEach(
                    pool -> {
                      names.pool(pool.getPoolId());
                      names.number(pool.getPool());
                    });
        default -> {} // Other answers name nothing.
      }
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
  }

  /** Gives up every call and session. */
  void leave() throws InterruptedException {
    calls.forEach(RawCall::cancel);
    for (String session : names.sessions()) {
      CloseSessionRequest request = CloseSessionRequest.newBuilder().setSessionId(session).build();
      send("close_session", request.toByteArray());
    }
  }

  /** What came of the calls that have ended, each with its name. */
  List<String> improperEnds() {
    List<String> improper = new ArrayList<>();
    for (RawCall call : calls) {
      Status status = call.status();
      if (status != null && !isProper(status)) {
        improper.add(call.name() + " ended with " + status);
      }
    }
    return improper;
  }

  private static boolean isProper(Status status) {
    String text = status.getDescription() == null ? "" : status.getDescription();
    return switch (status.getCode()) {
      case OK, CANCELLED -> true;
      case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED ->
          !text.isEmpty();
      case RESOURCE_EXHAUSTED -> !text.isEmpty();
      case UNAVAILABLE -> !text.contains("failed");
      default -> false;
    };
  }
}
