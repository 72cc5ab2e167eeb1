package dev.farpool.coordinator.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which sessions have calls open: as long as there is one, the client is there. */
final class OpenCalls {
  private final Map<Long, Set<Session>> sessions = new LinkedHashMap<>();

  void add(long call, Session session) {
    if (session.calls.add(call)) {
      sessions.computeIfAbsent(call, none -> new LinkedHashSet<>()).add(session);
    }
  }

  /** A call has ended, by whatever side. */
  void remove(long call, long nowNanos) {
    Set<Session> left = sessions.remove(call);
    if (left != null) {
      for (Session session : left) {
        session.calls.remove(call);
        session.hear(nowNanos);
      }
    }
  }

  /** A session has ended before its calls. */
  void forget(Session session) {
    session.calls.forEach(call -> sessions.get(call).remove(session));
    session.calls.clear();
  }
}
