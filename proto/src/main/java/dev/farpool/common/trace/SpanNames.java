package dev.farpool.common.trace;

/**
 * How spans and their attributes are called: as OpenTelemetry's conventions for messaging have it
 * where they fit, as a pool is a queue and a task a message; the rest has names of our own.
 */
public final class SpanNames {
  /** Always {@link #FARPOOL}. */
  public static final String SYSTEM = "messaging.system";

  /** The system that spans are of. */
  public static final String FARPOOL = "farpool";

  /** The name of the pool, where it has one. */
  public static final String POOL = "messaging.destination.name";

  /** What was done, the first word of the span's name. */
  public static final String OPERATION = "messaging.operation.name";

  /** What kind of operation that is, {@link #SEND}, {@link #RECEIVE} or {@link #PROCESS}. */
  public static final String OPERATION_TYPE = "messaging.operation.type";

  /** Something is given to another process. */
  public static final String SEND = "send";

  /** Something is taken from another process. */
  public static final String RECEIVE = "receive";

  /** What was taken is dealt with. */
  public static final String PROCESS = "process";

  /** How many items a call has, where it may have several. */
  public static final String ITEMS = "messaging.batch.message_count";

  /** The id of the pool. */
  public static final String POOL_ID = "farpool.pool.id";

  /** The index of the task in its pool. */
  public static final String INDEX = "farpool.task.index";

  /** The number of the attempt. */
  public static final String ATTEMPT = "farpool.task.attempt";

  /** Whether an attempt came back from its worker without having begun, where it did. */
  public static final String RETURNED = "farpool.task.returned";

  /** The name of the worker. */
  public static final String WORKER = "farpool.worker.name";

  /** The host of the worker. */
  public static final String HOST = "host.name";

  /** The process id of the executor. */
  public static final String PID = "process.pid";

  /** The exit code of a process. */
  public static final String EXIT_CODE = "process.exit.code";

  private SpanNames() {}

  /** The name of a span: what was done, and in which pool if that has a name. */
  public static String of(String operation, String pool) {
    return pool.isEmpty() ? operation : operation + " " + pool;
  }
}
