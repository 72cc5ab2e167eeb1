package dev.farpool.worker.grpc;

/** Hears how the stream to the coordinator fares. */
public interface LinkListener {
  /** The coordinator has accepted the worker. */
  void attached();

  /** The stream is broken; it will be opened again. */
  void lost(String reason);

  /** The coordinator will never accept this worker. */
  void refused(String reason);

  /** The stream has ended because the worker left. */
  void left();
}
