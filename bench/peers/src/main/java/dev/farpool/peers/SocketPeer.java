package dev.farpool.peers;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Children;
import dev.farpool.peers.socket.EchoClientMain;
import dev.farpool.peers.socket.EchoServerMain;
import java.io.IOException;
import java.util.List;

/** Frames over a Unix socket between two JVMs, one at a time. */
final class SocketPeer implements Peer {
  @Override
  public String name() {
    return "socket";
  }

  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    String path = children.directory().resolve("socket").toString();
    children
        .startJava("echo-server", List.of(), EchoServerMain.class, List.of(path))
        .await("ready", Effort.START);
    return Samples.of(
        children.startJava("echo-client", List.of(), EchoClientMain.class, effort.arguments(path)));
  }
}
