package dev.farpool.coordinator.core;

/** What is counted from the start of the coordinator on. */
public enum Count {
  /** Tasks that were accepted. */
  TASKS_SUBMITTED,
  /** Attempts that were handed to workers. */
  TASKS_STARTED,
  /** Attempts that came back from workers without having begun. */
  TASKS_RETURNED,
  /** Attempts that ended without an answer, with their executor or their worker. */
  ATTEMPTS_LOST,
  /** Outcomes that were sent to clients; those that were sent again count again. */
  RESULTS_DELIVERED,
  /** Submits that were refused as too much was held already. */
  SUBMITS_OVERLOADED,
  /** Sessions that were opened. */
  SESSIONS_OPENED,
  /** Pools that were created. */
  POOLS_CREATED,
  /** Registrations of workers, also those after a lost connection. */
  WORKERS_REGISTERED,
  /** Workers that were given up as nothing was heard of them. */
  WORKERS_LOST,
  /** Executors that could not be made ready. */
  EXECUTORS_FAILED,
  /** Reports that told of attempts which do not count. */
  REPORTS_REFUSED
}
