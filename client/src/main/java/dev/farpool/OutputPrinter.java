package dev.farpool;

import java.io.PrintStream;
import java.util.function.Consumer;

/** Prints what tasks print on this program's own standard output and standard error. */
final class OutputPrinter implements Consumer<TaskOutput> {
  @Override
  public void accept(TaskOutput output) {
    if (output.dropped() > 0) {
      System.err.println("[farpool: " + output.dropped() + " bytes of output were dropped]");
    }
    PrintStream stream = output.standardError() ? System.err : System.out;
    stream.write(output.bytes(), 0, output.bytes().length);
    stream.flush();
  }
}
