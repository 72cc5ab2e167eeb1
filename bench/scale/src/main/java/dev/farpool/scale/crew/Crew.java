package dev.farpool.scale.crew;

import dev.farpool.common.HostPort;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Many simulated workers on one thread, that of their connections, so that none of them waits for
 * another thread and all cost as little as they can.
 */
final class Crew {
  private final CrewPlan plan;
  private final EventLoopGroup group;
  private final EventLoop thread;
  private final Wheel wheel = new Wheel();
  private final CrewCounts counts = new CrewCounts();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final long startNanos = System.nanoTime();
  private Set<SimWorker> touched = new LinkedHashSet<>();
  private long attachNanos;
  private int registered;

  /**
   * @param group of one thread
   */
  Crew(CrewPlan plan, EventLoopGroup group) {
    this.plan = plan;
    this.group = group;
    this.thread = group.next();
  }

  /** Attaches all workers; completes when they are registered, or with why that is not possible. */
  CompletableFuture<Void> attach() {
    thread.execute(this::attachAll);
    thread.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.MILLISECONDS);
    return ready;
  }

  private void attachAll() {
    attachNanos = now();
    List<ManagedChannel> channels = new ArrayList<>();
    int connections = plan.connections() == 0 ? plan.workers() : plan.connections();
    for (int i = 0; i < connections; i++) {
      channels.add(channel());
    }
    for (int i = 0; i < plan.workers(); i++) {
      new SimWorker(i, plan, this).attach(channels.get(i % connections));
    }
  }

  private ManagedChannel channel() {
    HostPort address = HostPort.parse(plan.address());
    return NettyChannelBuilder.forAddress(address.host(), address.port())
        .eventLoopGroup(group)
        .channelType(NioSocketChannel.class)
        .directExecutor()
        .usePlaintext()
        .build();
  }

  private void tick() {
    wheel.advance(TimeUnit.NANOSECONDS.toMillis(now() - startNanos));
    Set<SimWorker> all = touched;
    touched = new LinkedHashSet<>();
    all.forEach(SimWorker::flush);
  }

  long now() {
    return System.nanoTime();
  }

  Wheel wheel() {
    return wheel;
  }

  CrewCounts counts() {
    return counts;
  }

  /** A worker may have something to tell. */
  void touch(SimWorker worker) {
    touched.add(worker);
  }

  void registered() {
    registered++;
    if (registered == plan.workers()) {
      counts.registered(now() - attachNanos);
      ready.complete(null);
    }
  }

  void broken(String reason) {
    counts.broken(reason);
    ready.completeExceptionally(new IllegalStateException(reason));
  }

  /** Begins to count anew. */
  void begin() {
    thread.submit(counts::reset).syncUninterruptibly();
  }

  /** What was counted since. */
  CrewFigures figures() {
    return thread.submit(counts::figures).syncUninterruptibly().getNow();
  }
}
