package dev.farpool.worker.exec;

import dev.farpool.executor.frame.ChannelKind;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The connections of an executor, good for any bytes. Not thread-safe. */
final class SocketExecutor implements AutoCloseable {
  private final Path path;
  private final String mark;
  private final SocketChannel tasks;
  private final SocketChannel control;
  private final List<SocketChannel> strange = new ArrayList<>();

  SocketExecutor(Path path, String mark) throws IOException {
    this.path = path;
    this.mark = mark;
    this.tasks = open();
    this.control = open();
  }

  private SocketChannel open() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  /** Says who it is on both connections. */
  void greet() throws IOException {
    write(tasks, hello(ChannelKind.TASK));
    write(control, hello(ChannelKind.CONTROL));
  }

  /** Says that it is set up. */
  void beReady() throws IOException {
    write(tasks, new FrameWriter().begin(FrameType.READY));
  }

  private FrameWriter hello(byte kind) {
    FrameWriter frame = new FrameWriter().begin(FrameType.HELLO).putByte(kind);
    return frame.putString(mark).putInt(FrameType.VERSION);
  }

  private static void write(SocketChannel channel, FrameWriter frame) throws IOException {
    frame.end();
    write(channel, frame.toByteArray());
  }

  /** Answers a task with one byte, as it should. */
  void answer(long index) throws IOException {
    FrameWriter results = new FrameWriter().begin(FrameType.RESULTS).putLong(1000).putInt(1);
    write(tasks, results.putLong(index).putInt(1).putInt(1).putByte((byte) 7));
  }

  /** Sends bytes on the task channel, or on the other. */
  void send(boolean onControl, byte[] bytes) throws IOException {
    write(onControl ? control : tasks, bytes);
  }

  /** Sends bytes on a connection of their own. */
  void sendAsStranger(byte[] bytes) throws IOException {
    SocketChannel channel = open();
    strange.add(channel);
    write(channel, bytes);
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /** Sends no more, and waits until the agent has dealt with all that was sent. */
  void finish() throws IOException {
    List<SocketChannel> all = new ArrayList<>(strange);
    all.add(tasks);
    all.add(control);
    for (SocketChannel channel : all) {
      try {
        channel.shutdownOutput();
        ByteBuffer ignored = ByteBuffer.allocate(4096);
        while (channel.read(ignored.clear()) >= 0) {
          continue; // What the agent said meanwhile.
        }
      } catch (IOException closedAlready) {
        continue; // The agent wants to hear no more, which is its right.
      }
    }
  }

  @Override
  public void close() throws IOException {
    tasks.close();
    control.close();
    for (SocketChannel channel : strange) {
      channel.close();
    }
  }
}
