package dev.farpool.chaos.kit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One way of a proxied connection: pieces wait in line until their time has come. */
final class ProxiedFlow {
  private static final int PIECE = 8 << 10;
  private static final int MOST_WAITING = 256 << 10;

  private record Piece(ByteBuffer bytes, long release) {}

  private final SocketChannel from;
  private final SocketChannel to;
  private final Random random;
  private final ArrayDeque<Piece> line = new ArrayDeque<>();
  private int waiting;
  private long lastRelease = Long.MIN_VALUE;
  private boolean atEnd;
  private boolean ended;

  ProxiedFlow(SocketChannel from, SocketChannel to, Random random) {
    this.from = from;
    this.to = to;
    this.random = random;
  }

  boolean wantsMore() {
    return !atEnd && waiting < MOST_WAITING;
  }

  boolean isDue(long now) {
    return due(now) <= 0;
  }

  /** In how many nanoseconds the first piece may go on. */
  long due(long now) {
    return line.isEmpty() ? Long.MAX_VALUE : line.peek().release() - now;
  }

  /** Whether the end of the stream has been passed on. */
  boolean ended() {
    return ended;
  }

  /**
   * Takes in what is there and passes on what is due.
   *
   * @param limit how many bytes may pass
   * @return how many did
   */
  long move(Treatment treatment, long now, long limit) throws IOException {
    take(treatment, now);
    long passed = pass(now, limit);
    if (atEnd && line.isEmpty() && !ended) {
      ended = true;
      to.shutdownOutput();
    }
    return passed;
  }

  private void take(Treatment treatment, long now) throws IOException {
    while (wantsMore()) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      int count = from.read(piece);
      atEnd = count < 0;
      if (count <= 0) {
        return;
      }
      waiting += count;
      lastRelease = release(treatment, now, count);
      line.add(new Piece(piece.flip(), lastRelease));
    }
  }

  private long release(Treatment treatment, long now, int bytes) {
    long jitter = treatment.jitter().toNanos();
    long held =
        treatment.delay().toNanos() + (jitter == 0 ? 0 : (long) (random.nextDouble() * jitter));
    long way =
        treatment.bytesPerSecond() == 0
            ? 0
            : TimeUnit.SECONDS.toNanos(bytes) / treatment.bytesPerSecond();
    return Math.max(now + held, lastRelease) + way;
  }

  private long pass(long now, long limit) throws IOException {
    long passed = 0;
    while (!line.isEmpty() && line.peek().release() <= now && passed < limit) {
      ByteBuffer bytes = line.peek().bytes();
      int end = bytes.limit();
      bytes.limit(bytes.position() + (int) Math.min(bytes.remaining(), limit - passed));
      int count = to.write(bytes);
      bytes.limit(end);
      passed += count;
      waiting -= count;
      if (bytes.hasRemaining()) {
        return passed;
      }
      line.poll();
    }
    return passed;
  }
}
