package dev.farpool.worker.exec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.farpool.executor.frame.ChannelKind;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.worker.core.Command;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that accepts executors and reads what they say, on the agent's Unix socket. */
final class ChannelLoop implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChannelLoop.class);
  private static final int BUFFER = 256 * 1024;
  private static final int ROUNDS = 4;
  private static final long PAUSE_NANOS = 10_000_000;
  private static final String REPLACED =
      "it is of another version than its worker: Farpool was replaced under a worker that runs;"
          + " restart the worker\n";

  private final Selector selector;
  private final ServerSocketChannel server;
  private final Function<String, ChildExecutor> executors;
  private final Consumer<ChildExecutor> unreadable;
  private final ExecutorEvents events;
  private final Consumer<Command> mailbox;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final Thread thread = new Thread(this, "farpool-channels");
  private volatile boolean closed;

  /**
   * @param executors finds an executor by its mark; gives null if there is none
   * @param unreadable gets an executor that has sent what no executor sends
   */
  ChannelLoop(
      Path socket,
      Function<String, ChildExecutor> executors,
      Consumer<ChildExecutor> unreadable,
      Consumer<Command> mailbox)
      throws IOException {
    this.executors = executors;
    this.unreadable = unreadable;
    this.mailbox = mailbox;
    this.events = new ExecutorEvents(mailbox);
    selector = Selector.open();
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    bind(server, socket);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    thread.setDaemon(true);
  }

  private static void bind(ServerSocketChannel server, Path socket) throws IOException {
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException refused) {
      server.close();
      throw new IOException(
          "cannot listen on the socket "
              + socket
              + " ("
              + refused.getMessage()
              + "); choose a worker directory with a shorter path, on a local disk",
          refused);
    }
  }

  void start() {
    thread.start();
  }

  /** Runs something on the thread of the loop. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Reads what a dead executor has sent, closes its connections, and then runs {@code last}. */
  void finish(ChildExecutor executor, Runnable last) {
    execute(
        () -> {
          try {
            finish(executor.tasks());
            finish(executor.control());
          } finally {
            last.run();
          }
        });
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        selector.select(this::serve);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
      } catch (IOException | RuntimeException | OutOfMemoryError broken) {
        // Without this thread no executor would be heard any more.
        log.error("event=channels_failed reason=\"{}\"", broken.toString(), broken);
      }
    }
    closeAll();
  }

  private void serve(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.isAcceptable()) {
      accept();
      return;
    }
    Connection connection = (Connection) key.attachment();
    if (key.isWritable()) {
      connection.flush();
    }
    if (key.isReadable()) {
      read(connection, ROUNDS);
    }
  }

  private void accept() {
    try {
      SocketChannel socket = server.accept();
      if (socket != null) {
        socket.configureBlocking(false);
        Connection connection = new Connection(socket);
        connection.registered(socket.register(selector, SelectionKey.OP_READ, connection));
      }
    } catch (IOException refused) {
      log.warn("event=accept_failed reason=\"{}\"", refused.toString());
      LockSupport.parkNanos(PAUSE_NANOS); // It is still to be accepted, and may be refused again.
    }
  }

  private void read(Connection connection, int rounds) {
    try {
      if (!connection.read(buffer, rounds, frame -> frame(connection, frame))) {
        connection.close();
      }
    } catch (ProtocolException
        | InvalidProtocolBufferException
        | BufferUnderflowException
        | IllegalArgumentException
        | OutOfMemoryError broken) {
      drop(connection, broken);
    } catch (IOException reset) {
      log.debug("event=executor_disconnected reason=\"{}\"", reset.toString());
      connection.close();
    }
  }

  /** It can not be trusted to end by itself; what it did is told with its exit. */
  private void drop(Connection connection, Throwable broken) {
    log.warn("event=executor_unreadable reason=\"{}\"", broken.toString());
    connection.close();
    ChildExecutor executor = connection.executor();
    if (executor != null) {
      String told = "killed, as it sent what no executor sends: " + broken.getMessage() + "\n";
      executor.stderr().add(ByteString.copyFromUtf8(told));
      unreadable.accept(executor);
    }
  }

  private void frame(Connection connection, ByteBuffer frame) throws IOException {
    if (connection.executor() != null) {
      events.frame(connection.executor(), frame);
    } else {
      greet(connection, frame);
    }
  }

  private void greet(Connection connection, ByteBuffer frame) throws IOException {
    if (frame.get() != FrameType.HELLO) {
      throw new ProtocolException("the first frame must be a hello");
    }
    byte channelKind = frame.get();
    int length = frame.getInt();
    if (length < 0 || length > frame.remaining()) {
      throw new ProtocolException("a mark of " + length + " bytes in " + frame.remaining());
    }
    byte[] mark = new byte[length];
    frame.get(mark);
    ChildExecutor executor = executors.apply(new String(mark, StandardCharsets.UTF_8));
    if (executor == null) {
      // It was killed while it was connecting, and is forgotten by now.
      throw new IOException("no executor has the mark given");
    }
    if ((frame.remaining() < Integer.BYTES ? 0 : frame.getInt()) != FrameType.VERSION) {
      executor.stderr().add(ByteString.copyFromUtf8(REPLACED));
      throw new ProtocolException(REPLACED);
    }
    connection.belongsTo(executor);
    boolean forTasks = channelKind == ChannelKind.TASK;
    executor.connected(forTasks ? connection : null, forTasks ? null : connection);
    tellIfComplete(executor);
  }

  /** Tells the agent of an executor whose process is known and whose connections are both there. */
  void tellIfComplete(ChildExecutor executor) {
    if (executor.isComplete()) {
      long pid = executor.process().pid();
      mailbox.accept((agent, now) -> agent.executorConnected(executor.id(), pid));
    }
  }

  private void finish(Connection connection) {
    if (connection != null && connection.isOpen()) {
      read(connection, Integer.MAX_VALUE);
      connection.close();
    }
  }

  private void closeAll() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException broken) {
      log.warn("event=channels_close_failed reason=\"{}\"", broken.toString());
    }
  }

  /** Closes all connections; executors that still live end themselves. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
