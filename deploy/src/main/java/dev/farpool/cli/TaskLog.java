package dev.farpool.cli;

import dev.farpool.v1.OutputPiece;
import dev.farpool.v1.ReadTaskOutputResponse;
import java.io.PrintStream;

/** Puts what a task printed onto two streams, and says where something is missing. */
final class TaskLog {
  private final PrintStream out;
  private final PrintStream err;
  private int attempt;

  TaskLog(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  void print(ReadTaskOutputResponse message) {
    message.getOutputList().forEach(this::print);
    out.flush();
    err.flush();
  }

  private void print(OutputPiece piece) {
    if (attempt != 0 && piece.getAttempt() != attempt) {
      err.println("farpool logs: attempt " + piece.getAttempt());
    }
    attempt = piece.getAttempt();
    if (piece.getDropped() > 0) {
      err.println("farpool logs: " + piece.getDropped() + " bytes are not kept");
    }
    byte[] bytes = piece.getData().toByteArray();
    (piece.getStderr() ? err : out).write(bytes, 0, bytes.length);
  }
}
