package dev.farpool.simulation.net;

/** Listens in on a server. Calls are told apart by a number. */
public interface Wiretap {
  /** The server is about to deal with a message. */
  void heard(long call, Object message);

  /** The server says something. */
  void said(long call, Object message);
}
