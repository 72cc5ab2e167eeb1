package dev.farpool.chaos.kit;

import java.util.List;

/** Where a process is started. */
@FunctionalInterface
public interface Place {
  /** This host, as it is. */
  Place HERE = command -> command;

  /** The command that starts the given one there, as the same process. */
  List<String> command(List<String> command);
}
