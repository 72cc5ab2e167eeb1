package dev.farpool.peers;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.load.ThreadPoolMain;
import dev.farpool.peers.process.Children;
import java.io.IOException;
import java.util.List;

/** Two threads in one JVM. */
final class ThreadPoolPeer implements Peer {
  @Override
  public String name() {
    return "threads";
  }

  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    return Samples.of(
        children.startJava("threads", List.of(), ThreadPoolMain.class, effort.arguments()));
  }
}
