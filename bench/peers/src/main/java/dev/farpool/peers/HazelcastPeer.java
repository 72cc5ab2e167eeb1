package dev.farpool.peers;

import dev.farpool.peers.hazelcast.HazelcastClientMain;
import dev.farpool.peers.hazelcast.HazelcastMember;
import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Children;
import java.io.IOException;
import java.util.List;

/**
 * Hazelcast's executor service: one member, one client.
 *
 * @param clientOptions of the client's JVM
 */
record HazelcastPeer(String name, List<String> clientOptions) implements Peer {
  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    String address =
        children
            .startJava("hazelcast-member", List.of(), HazelcastMember.class, List.of())
            .await("ready ", Effort.START);
    return Samples.of(
        children.startJava(
            "hazelcast-client",
            clientOptions,
            HazelcastClientMain.class,
            effort.arguments(address)));
  }
}
