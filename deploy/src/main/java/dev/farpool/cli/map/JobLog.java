package dev.farpool.cli.map;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Locale;

/** The log of jobs that have ended, in GNU parallel's form. Not thread-safe. */
public final class JobLog implements Closeable {
  private static final String HEAD =
      "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n";
  private static final int FIELDS = 9;
  private static final int EXIT_VALUE = 6;
  private static final int SIGNAL = 7;
  private static final double MILLIS = 1e3;

  private final BufferedWriter file;

  private JobLog(BufferedWriter file) {
    this.file = file;
  }

  /** Begins a log; one that was there is lost. */
  public static JobLog create(Path path) throws IOException {
    JobLog log = new JobLog(Files.newBufferedWriter(path));
    log.file.write(HEAD);
    log.file.flush();
    return log;
  }

  /** Goes on with a log, or begins it. */
  public static JobLog resume(Path path) throws IOException {
    if (!Files.exists(path) || Files.size(path) == 0) {
      return create(path);
    }
    boolean cut = !endsWithNewline(path);
    JobLog log = new JobLog(Files.newBufferedWriter(path, StandardOpenOption.APPEND));
    log.file.write(cut ? "\n" : ""); // Whoever wrote it was killed in the middle of a line.
    return log;
  }

  /**
   * The numbers of the jobs in a log; none if there is no such file.
   *
   * @param alsoFailed whether those count that failed
   */
  public static BitSet numbers(Path path, boolean alsoFailed) throws IOException {
    BitSet numbers = new BitSet();
    if (Files.exists(path)) {
      try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] fields = line.split("\t", FIELDS);
          if (fields.length == FIELDS && fields[0].matches("[0-9]{1,9}")) {
            boolean failed = !fields[EXIT_VALUE].equals("0") || !fields[SIGNAL].equals("0");
            numbers.set(Integer.parseInt(fields[0]), alsoFailed || !failed);
          }
        }
      }
    }
    return numbers;
  }

  /** Adds a job that has ended. */
  public void add(Job job) throws IOException {
    file.write(
        String.format(
            Locale.ROOT,
            "%d\t%s\t%.3f\t%10.3f\t0\t%d\t%d\t%d\t%s\n",
            job.number(),
            job.host().isEmpty() ? ":" : job.host(),
            job.startMillis() / MILLIS,
            (job.endMillis() - job.startMillis()) / MILLIS,
            job.output().outBytes(),
            job.ending().exitValue(),
            job.ending().signal(),
            ShellWords.join(job.command()).replace('\n', ' ')));
  }

  /** Brings what was added into the file. */
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static boolean endsWithNewline(Path path) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) == '\n';
    }
  }
}
