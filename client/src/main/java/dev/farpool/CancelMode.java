package dev.farpool;

/** How far {@link AsyncResult#cancel(CancelMode)} goes. */
public enum CancelMode {
  /** Only if the task has not been started; one that runs is left alone. */
  QUEUED_ONLY,
  /** A running task's thread is interrupted; after the pool's grace its process is killed. */
  INTERRUPT,
  /** A running task's process tree gets SIGTERM at once, and SIGKILL after the pool's grace. */
  KILL
}
