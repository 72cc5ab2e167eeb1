package dev.farpool.chaos.history;

import dev.farpool.chaos.history.Event.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that many processes append to: each event is one line and one write, so lines stay whole
 * and none is lost with the process that wrote it. Thread-safe.
 */
public final class HistoryFile implements AutoCloseable {
  private final FileChannel channel;
  private final long pid = ProcessHandle.current().pid();
  private final String host;

  private HistoryFile(FileChannel channel, String host) {
    this.channel = channel;
    this.host = host;
  }

  /** Opens it, or makes it. */
  public static HistoryFile open(Path file) throws IOException {
    return new HistoryFile(
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
        hostOf(ProcessHandle.current().pid()));
  }

  /** The name of the network namespace of a process, which stands for its host. */
  public static String hostOf(long pid) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString();
  }

  /** Appends what happens now in this process. */
  public void add(Kind kind, String id, String text) throws IOException {
    String line = new Event(kind, id, System.nanoTime(), pid, host, text).line();
    // A direct buffer is handed to the system as it is, in one call.
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    if (channel.write(buffer) != bytes.length) {
      throw new IOException("the line was cut: " + line);
    }
  }

  /** All events of a file; none if it is not there. */
  public static List<Event> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(Event::parse).toList();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
