package dev.farpool.worker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.common.Surroundings;
import dev.farpool.v1.AttachRequest;
import dev.farpool.worker.core.Agent;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.Effects;
import dev.farpool.worker.core.Identity;
import dev.farpool.worker.core.Standby;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttachLinkTest {
  private final Queue<Command> mailbox = new ArrayDeque<>();
  private final Queue<Runnable> retries = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable retry, long delay, TimeUnit unit) {
          retries.add(retry);
          return null;
        }
      };
  private final AttachLink link =
      new AttachLink(
          new Calls(),
          new Surroundings(() -> 0, timer, new Random(1), () -> "id"),
          mailbox::add,
          new Leaving());
  private boolean left;
  private Runnable beforeSending = () -> {};
  private final Agent agent =
      new Agent(new Identity("w", "i", "h", 1, 2, Map.of(), "v"), Standby.NONE, effects());

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  /** Of what an agent wants done only the sending. */
  private Effects effects() {
    return (Effects)
        Proxy.newProxyInstance(
            Effects.class.getClassLoader(),
            new Class<?>[] {Effects.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("send")) {
                return null;
              }
              beforeSending.run();
              return link.send((AttachRequest) arguments[0]);
            });
  }

  @Test
  void aRegistrationThatIsSlowerThanItsStreamIsNotSentOnTheNextOne() {
    link.open();
    beforeSending =
        () -> {
          beforeSending = () -> {};
          calls.get(0).listener.onClose(Status.UNAVAILABLE, new Metadata());
          retries.remove().run();
        };

    dealWithMail();

    assertEquals(2, calls.size());
    assertEquals(1, calls.get(1).sent.size());
    assertTrue(((AttachRequest) calls.get(1).sent.get(0)).hasRegister());
  }

  @Test
  void itHasLeftOnceTheCoordinatorHasHeardOfIt() {
    link.open();
    dealWithMail();

    link.leave();

    assertFalse(left);
    calls.get(0).listener.onClose(Status.OK, new Metadata());
    assertTrue(left);
  }

  @Test
  void itLeavesAlsoACoordinatorThatSaysNothing() {
    link.open();
    dealWithMail();

    link.leave();
    retries.remove().run();

    assertTrue(left);
  }

  private void dealWithMail() {
    while (!mailbox.isEmpty()) {
      mailbox.remove().apply(agent, 0);
    }
  }

  private final class Calls extends Channel {
    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      Call call = new Call();
      calls.add(call);
      @SuppressWarnings("unchecked") // It takes and gives messages of any kind.
      ClientCall<Q, A> typed = (ClientCall<Q, A>) (ClientCall<?, ?>) call;
      return typed;
    }

    @Override
    public String authority() {
      return "test";
    }
  }

  private static final class Call extends ClientCall<Object, Object> {
    final List<Object> sent = new ArrayList<>();
    Listener<Object> listener;

    @Override
    public void start(Listener<Object> responses, Metadata headers) {
      listener = responses;
    }

    @Override
    public void request(int count) {}

    @Override
    public void cancel(String message, Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(Object message) {
      sent.add(message);
    }
  }

  private final class Leaving implements LinkListener {
    @Override
    public void attached() {}

    @Override
    public void lost(String reason) {}

    @Override
    public void refused(String reason) {}

    @Override
    public void left() {
      left = true;
    }
  }
}
