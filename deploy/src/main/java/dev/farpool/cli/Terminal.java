package dev.farpool.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The terminal as a screen of its own, with single keys for input, until it is closed: then it is
 * as it was. Closed also by the end of the process, unless that is a kill.
 */
final class Terminal implements AutoCloseable {
  /** How large it is, in characters. */
  record Size(int rows, int columns) {}

  private static final String ENTER = "\033[?1049h\033[?25l";
  private static final String LEAVE = "\033[?25h\033[?1049l";
  private static final String HOME = "\033[H";
  private static final String CLEAR_REST_OF_LINE = "\033[K";
  private static final String CLEAR_REST = "\033[J";
  private static final Size USUAL = new Size(24, 80);

  private final PrintStream out;
  private final String settings;
  private final BlockingQueue<Integer> keys = new LinkedBlockingQueue<>();
  private boolean closed;

  private Terminal(PrintStream out, String settings) {
    this.out = out;
    this.settings = settings;
  }

  /**
   * Takes the terminal on which this process runs.
   *
   * @throws CommandException if it is none that can be told how to behave
   */
  static Terminal open() throws InterruptedException {
    String settings = stty("-g");
    if (settings.isEmpty()) {
      throw CommandException.failed("this is no terminal for a screen; use --once");
    }
    Terminal terminal = new Terminal(System.out, settings);
    Runtime.getRuntime().addShutdownHook(new Thread(terminal::close, "terminal-restored"));
    stty("-icanon", "-echo", "min", "1", "time", "0");
    terminal.out.print(ENTER);
    Thread reader = new Thread(terminal::readKeys, "terminal-keys");
    reader.setDaemon(true);
    reader.start();
    return terminal;
  }

  private void readKeys() {
    try {
      for (int key = System.in.read(); key >= 0; key = System.in.read()) {
        keys.add(key);
      }
    } catch (IOException gone) {
      keys.add((int) 'q'); // Nobody looks any more.
    }
  }

  Size size() throws InterruptedException {
    String[] words = stty("size").split(" ");
    boolean told = words.length == 2 && words[0].matches("\\d+") && words[1].matches("\\d+");
    int rows = told ? Integer.parseInt(words[0]) : 0;
    int columns = told ? Integer.parseInt(words[1]) : 0;
    return rows > 0 && columns > 0 ? new Size(rows, columns) : USUAL;
  }

  /** Shows a text in place of what was shown before. */
  void show(String text) {
    String lines = text.replace("\n", CLEAR_REST_OF_LINE + "\r\n");
    out.print(HOME + lines + CLEAR_REST_OF_LINE + CLEAR_REST);
    out.flush();
  }

  /** Waits for a key; −1 if none was pressed in this time. */
  int awaitKey(Duration time) throws InterruptedException {
    Integer key = keys.poll(time.toNanos(), TimeUnit.NANOSECONDS);
    return key == null ? -1 : key;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      out.print(LEAVE);
      out.flush();
      try {
        stty(settings);
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What {@code stty} says of the terminal that is our standard input; empty if it is none. */
  private static String stty(String... arguments) throws InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "stty";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said.strip() : "";
    } catch (IOException noStty) {
      return "";
    }
  }
}
