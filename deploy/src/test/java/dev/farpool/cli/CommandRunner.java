package dev.farpool.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/**
 * What a command line gave, run within this process.
 *
 * @param exitCode the code the process would end with
 */
record CommandRunner(int exitCode, String out, String err) {
  static CommandRunner run(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Farpool.commandLineFor(environment, arguments)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setUsageHelpWidth(100);
    int exitCode = Farpool.run(commandLine, environment, arguments);
    return new CommandRunner(exitCode, out.toString(), err.toString());
  }

  static CommandRunner run(String... arguments) {
    return run(Map.of(), arguments);
  }
}
