package dev.farpool.peers.socket;

import dev.farpool.peers.load.Latencies;
import dev.farpool.peers.load.Payload;
import dev.farpool.peers.load.Sample;
import dev.farpool.peers.load.Stopwatch;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** One frame there and back at a time. */
public final class EchoClientMain {
  private static final int TASK_BYTES = 50;
  private static final int MIB = 1 << 20;

  private EchoClientMain() {}

  /**
   * Measures.
   *
   * @param arguments warm-up in seconds, rounds, the path of the socket
   */
  public static void main(String[] arguments) throws Exception {
    Stopwatch stopwatch = Stopwatch.of(arguments);
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(Path.of(arguments[2]));
    try (FrameChannel frames = new FrameChannel(SocketChannel.open(address))) {
      byte[] task = Payload.bytes(TASK_BYTES);
      Latencies.of(stopwatch, count -> echo(frames, task, count)).forEach(Sample::print);
      byte[] large = Payload.bytes(MIB);
      double rate = stopwatch.rate(16, 4_096, count -> echo(frames, large, count));
      new Sample("echo", "rate", "MiB/s", rate).print();
    }
  }

  private static void echo(FrameChannel frames, byte[] bytes, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      frames.write(bytes);
      if (!Arrays.equals(bytes, frames.read())) {
        throw new IOException("other bytes came back than were sent");
      }
    }
  }
}
