package dev.farpool.executor.task;

import dev.farpool.executor.wire.WireReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@code Command}: what to run, and with what. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not copied on the way.
record CommandSpec(
    List<String> argv, Map<String, String> environment, byte[] stdin, String workingDirectory) {

  static CommandSpec read(byte[] body) {
    List<String> argv = new ArrayList<>();
    Map<String, String> environment = new HashMap<>();
    byte[] stdin = {};
    String workingDirectory = "";
    WireReader command = new WireReader(body);
    while (command.next()) {
      switch (command.field()) {
        case 1 -> argv.add(command.string());
        case 2 -> readVariable(command.message(), environment);
        case 3 -> stdin = command.bytes();
        case 4 -> workingDirectory = command.string();
        default -> command.skip();
      }
    }
    return new CommandSpec(argv, environment, stdin, workingDirectory);
  }

  private static void readVariable(WireReader entry, Map<String, String> environment) {
    String name = "";
    String value = "";
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> name = entry.string();
        case 2 -> value = entry.string();
        default -> entry.skip();
      }
    }
    environment.put(name, value);
  }
}
