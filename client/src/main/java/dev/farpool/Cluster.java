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
import java.util.concurrent.ExecutionException;

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
  private final Connection connection;
  private final Failures failures;
  private final ShippedCode code;
  private volatile boolean closed;

  private Cluster(Connection connection, Failures failures, ShippedCode code) {
    this.connection = connection;
    this.failures = failures;
    this.code = code;
  }

  static Cluster of(Connection connection, Failures failures, ShippedCode code) {
    Cluster cluster = new Cluster(connection, failures, code);
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
      return ClusterStatus.of(Answers.await(connection.session().status()));
    } catch (ExecutionException unheard) {
      throw unreachable(unheard.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ClusterUnreachableException("interrupted while asking", interrupted);
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
    SessionLink session = connection.session();
    code.shipOnce(session);
    try {
      return Answers.await(session.createPoolAsync(complete.build(), code, listener));
    } catch (ExecutionException failed) {
      throw refusal(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ClusterUnreachableException("interrupted while a pool was made", interrupted);
    }
  }

  private RuntimeException refusal(Throwable refused) {
    if (refused instanceof StatusRuntimeException status
        && status.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
      return new IllegalArgumentException(status.getStatus().getDescription(), status);
    } else if (refused instanceof IOException unshipped) {
      return new ClusterUnreachableException(
          "the program's classes could not be shipped: " + unshipped.getMessage(), unshipped);
    }
    return unreachable(refused);
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

  private ClusterUnreachableException unreachable(Throwable refused) {
    return new ClusterUnreachableException(
        "the coordinator at "
            + connection.channels().peer()
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
    connection.close();
    OpenClusters.remove(this);
  }

  /** The JVM exits. */
  void exit() {
    closed = true;
    connection.exit();
  }
}
