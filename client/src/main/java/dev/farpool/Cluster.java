package dev.farpool;

import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.call.Definition;
import dev.farpool.call.PreparedFunction;
import dev.farpool.call.Shape;
import dev.farpool.grpc.PoolLink;
import dev.farpool.grpc.PoolListener;
import dev.farpool.grpc.SessionLink;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.Initializer;
import dev.farpool.v1.PoolSpec;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Objects;

/**
 * A connection to a cluster, or to one inside this JVM.
 *
 * <pre>{@code
 * try (Cluster cluster = Cluster.connect("db1:7400,db2:7400")) {
 *   Pool pool = cluster.pool(16);
 *   ...
 * }
 * }</pre>
 *
 * <p>Programs that need only one do not have to name it: {@link Pool#Pool(int)} uses a default
 * cluster, {@link #connect()}, that ends with the JVM. Thread-safe.
 */
public final class Cluster implements AutoCloseable {
  private final SessionLink session;
  private final Failures failures;
  private final ShippedCode code;
  private volatile boolean closed;

  private Cluster(SessionLink session, Failures failures, ShippedCode code) {
    this.session = session;
    this.failures = failures;
    this.code = code;
  }

  static Cluster of(SessionLink session, Failures failures, ShippedCode code) {
    Cluster cluster = new Cluster(session, failures, code);
    OpenClusters.add(cluster);
    return cluster;
  }

  /**
   * The cluster whose coordinator is in the environment variable {@code FARPOOL_COORDINATOR}; if it
   * is not set, {@link #local()}.
   *
   * @throws ClusterUnreachableException if no coordinator answers in time
   */
  public static Cluster connect() {
    return builder().connect();
  }

  /**
   * The cluster of one of several coordinators.
   *
   * @param coordinators {@code host:port[,host:port]}
   * @throws ClusterUnreachableException if none answers in time
   * @throws IllegalArgumentException if an address is malformed
   */
  public static Cluster connect(String coordinators) {
    return builder().coordinator(coordinators).connect();
  }

  /** A cluster of this machine alone, with as many cores as it has, inside this JVM. */
  public static Cluster local() {
    return local(Runtime.getRuntime().availableProcessors());
  }

  /**
   * A cluster of this machine alone, inside this JVM; tasks run in processes of their own.
   *
   * @param cores how many tasks run at a time
   */
  public static Cluster local(int cores) {
    return builder().local(cores).connect();
  }

  /** For more choices. */
  public static ClusterBuilder builder() {
    return new ClusterBuilder();
  }

  /** A pool of this many processes. */
  public Pool pool(int processes) {
    return newPool().processes(processes).build();
  }

  /** For a pool with more choices. */
  public PoolBuilder newPool() {
    return new PoolBuilder(this);
  }

  /** For a process that runs a function. */
  public RemoteProcessBuilder newProcess(SerializableRunnable target) {
    return new RemoteProcessBuilder(this, target);
  }

  /**
   * What the cluster is doing.
   *
   * @throws ClusterUnreachableException if the coordinator does not answer
   */
  public ClusterStatus status() {
    try {
      return ClusterStatus.of(session.status());
    } catch (StatusRuntimeException unheard) {
      throw unreachable(unheard);
    }
  }

  /** How many tasks the cluster can run at a time now; at least 1. */
  int cores() {
    return Math.max(1, Math.min(status().cores(), PoolBuilder.MAX_PROCESSES));
  }

  Failures failures() {
    return failures;
  }

  boolean closed() {
    return closed;
  }

  PoolLink createPool(PoolSpec spec, SerializableRunnable initializer, PoolListener listener) {
    if (closed) {
      throw new IllegalStateException("the cluster is closed");
    }
    PoolSpec.Builder complete = spec.toBuilder().setCode(code.bundle());
    if (initializer != null) {
      complete.setInitializer(message(initializer));
    }
    code.shipOnce(session);
    try {
      return session.createPool(complete.build(), code, listener);
    } catch (IOException unshipped) {
      throw new ClusterUnreachableException(
          "the program's classes could not be shipped: " + unshipped.getMessage(), unshipped);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ClusterUnreachableException("interrupted while a pool was made", interrupted);
    } catch (StatusRuntimeException refused) {
      throw refused.getStatus().getCode() == Status.Code.INVALID_ARGUMENT
          ? new IllegalArgumentException(refused.getStatus().getDescription(), refused)
          : unreachable(refused);
    }
  }

  private static Initializer message(SerializableRunnable initializer) {
    Objects.requireNonNull(initializer, "initializer");
    PreparedFunction function = PreparedFunction.of(Shape.RUN, initializer);
    Definition definition = function.definition();
    return Initializer.newBuilder()
        .setFunction(
            FunctionDefinition.newBuilder()
                .setNumber(PoolLink.INITIALIZER_NUMBER)
                .setSha256(UnsafeByteOperations.unsafeWrap(definition.sha256()))
                .setInline(UnsafeByteOperations.unsafeWrap(definition.bytes())))
        .setArguments(UnsafeByteOperations.unsafeWrap(function.state()))
        .build();
  }

  private ClusterUnreachableException unreachable(StatusRuntimeException refused) {
    return new ClusterUnreachableException(
        "the coordinator at "
            + session.channels().peer()
            + " did not do as asked: "
            + refused.getMessage(),
        refused);
  }

  /**
   * Terminates the pools and processes of this connection and ends it, bounded in time. Idempotent.
   */
  @Override
  public void close() {
    closed = true;
    session.close();
    OpenClusters.remove(this);
  }

  /** The JVM exits. */
  void exit() {
    closed = true;
    session.exit();
  }
}
