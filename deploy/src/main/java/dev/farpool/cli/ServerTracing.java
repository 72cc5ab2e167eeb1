package dev.farpool.cli;

import dev.farpool.common.trace.Spans;
import dev.farpool.common.trace.Tracing;
import java.util.HashMap;
import java.util.Map;

/** Spans of a process that runs for long. */
final class ServerTracing {
  private ServerTracing() {}

  /**
   * Begins to send spans, if the environment asks for it.
   *
   * @param instance which of several processes of this kind it is
   * @return null if it does not
   * @throws CommandException if it asks for something that cannot be
   */
  static Spans open(String service, String instance) {
    Map<String, String> resource = new HashMap<>();
    resource.put("service.version", Version.number());
    resource.put("service.instance.id", instance);
    try {
      return Tracing.open(service, resource);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.wrong(wrong.getMessage());
    }
  }
}
