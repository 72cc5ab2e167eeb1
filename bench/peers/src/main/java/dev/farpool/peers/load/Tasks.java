package dev.farpool.peers.load;

import java.io.Serializable;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** What the tasks do: the same as those of {@code farpool bench}. */
final class Tasks {
  private Tasks() {}

  /** Nothing. */
  record Noop() implements Callable<Boolean>, Serializable {
    @Override
    public Boolean call() {
      return true;
    }
  }

  /** Keeps a core busy: sleeping would not show what the machinery costs. */
  record Spin(long nanos) implements Callable<Boolean>, Serializable {
    @Override
    public Boolean call() {
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return true;
    }
  }

  /** Gives back what it got. */
  record Echo(byte[] bytes) implements Callable<byte[]>, Serializable {
    @Override
    public byte[] call() {
      return bytes;
    }
  }

  /** A chunk of a map. */
  record Squares(int[] items) implements Callable<int[]>, Serializable {
    @Override
    public int[] call() {
      return Arrays.stream(items).map(x -> x * x).toArray();
    }
  }
}
