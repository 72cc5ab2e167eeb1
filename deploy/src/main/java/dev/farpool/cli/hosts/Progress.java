package dev.farpool.cli.hosts;

/** Who wants to know how the workers of the hosts are. Called by many threads. */
public interface Progress {
  /** Something to be told of a host. */
  void told(HostLine host, String text);

  /** Its worker runs tasks. */
  void attached(HostLine host, String text);

  /** Its worker has ended in good order. */
  void ended(HostLine host);

  /** Its worker could not be started, or did not end in good order. */
  void failed(HostLine host, String reason);
}
