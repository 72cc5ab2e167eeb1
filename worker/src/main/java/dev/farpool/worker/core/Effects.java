package dev.farpool.worker.core;

import com.google.protobuf.ByteString;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.PoolSpec;

/**
 * What the agent wants done. None of these calls the agent back: what comes of them is told by a
 * later {@link Command}.
 */
public interface Effects {
  /**
   * Sends a message to the coordinator.
   *
   * @return whether the stream takes another one now; if not, {@link Agent#writable} is told later
   */
  boolean send(AttachRequest request);

  /**
   * Breaks the stream, on which the coordinator has been silent for too long: {@link Agent#closed},
   * then {@link Agent#opened} for the next one.
   */
  void abandon(String reason);

  /** Ends the stream in good order: everything was acknowledged and nothing is left to do. */
  void leave();

  /** Makes the code of a pool ready: {@link Agent#codeReady} or {@link Agent#codeFailed}. */
  void fetchCode(String poolId, PoolSpec spec);

  /** Fetches a blob: {@link Agent#blobReady} or {@link Agent#blobFailed}. */
  void fetchBlob(BlobRef blob);

  /** Stores a result: {@link Agent#uploaded} or {@link Agent#uploadFailed}. */
  void upload(long upload, ByteString bytes);

  /** A pool has ended here and has no executor any more: its files can go. */
  void dropPool(String poolId);

  /** Starts an executor: {@link Agent#executorConnected} or {@link Agent#executorGone}. */
  void startExecutor(long executor, String poolId, PoolSpec spec);

  /** Sets up an executor that has connected: {@link Agent#executorReady} or a failure. */
  void setUp(long executor, PoolSpec spec, ByteString initializer);

  /**
   * Has an executor whose pool is over leave nothing of it behind: the next pool sets it up anew.
   */
  void release(long executor);

  /** Starts an executor of no pool: {@link Agent#executorConnected} or a later end. */
  void startSpare(long executor);

  /** Has a spare that has connected make ready for a pool like the last one. */
  void prepareSpare(long executor);

  /** The same as {@link #setUp} for a spare that has connected: it gets the pool's code as well. */
  void setUpSpare(long executor, String poolId, PoolSpec spec, ByteString initializer);

  /** Gives an executor a function. */
  void define(long executor, int function, ByteString definition);

  /** Gives an executor tasks. */
  void run(long executor, TaskRun tasks);

  /** Asks for the tasks below a sequence back: {@link Agent#recalled}. */
  void recall(long executor, long below);

  /** Interrupts the task of this sequence, if it runs. */
  void interrupt(long executor, long sequence);

  /** Sends the command of this sequence a signal, if it runs. */
  void signalCommand(long executor, long sequence, int signal);

  /** Sends an executor's process a signal. */
  void signalProcess(long executor, int signal);

  /** Lets an executor exit when it has finished what it has. */
  void exit(long executor);

  /** Sends SIGTERM to an executor and all processes that came from it. */
  void terminate(long executor);

  /** Kills an executor and all processes that came from it. */
  void kill(long executor);

  /** Whether to listen to an executor; one that is not heard cannot print on and on. */
  void listen(long executor, boolean on);

  /** Tells all executors for how long they may run on without hearing this again. */
  void tick(long nanos);
}
