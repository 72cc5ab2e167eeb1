package dev.farpool.peers;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Child;
import dev.farpool.peers.process.Children;
import dev.farpool.peers.relay.RelayClientMain;
import dev.farpool.peers.relay.RelayMain;
import dev.farpool.peers.relay.RelayWorkerMain;
import java.io.IOException;
import java.util.List;

/**
 * Bytes through three JVMs over gRPC.
 *
 * @param batch tasks a message
 */
record RelayPeer(int batch) implements Peer {
  @Override
  public String name() {
    return batch == 1 ? "relay" : "relay-" + batch;
  }

  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    Child relay = children.startJava("relay", List.of(), RelayMain.class, List.of());
    String port = relay.await("port ", Effort.START);
    children.startJava("relay-worker", List.of(), RelayWorkerMain.class, List.of(port));
    relay.await("ready", Effort.START);
    return Samples.of(
        children.startJava(
            "relay-client",
            List.of(),
            RelayClientMain.class,
            effort.arguments(port, Integer.toString(batch))));
  }
}
