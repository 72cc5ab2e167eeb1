package dev.farpool.peers.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.farpool.peers.load.ExecutorLoad;
import dev.farpool.peers.load.Stopwatch;

/** A client that puts the load on the member's executor. */
public final class HazelcastClientMain {
  private HazelcastClientMain() {}

  /**
   * Measures.
   *
   * @param arguments warm-up in seconds, rounds, the member's address
   */
  public static void main(String[] arguments) throws Exception {
    ClientConfig config = new ClientConfig();
    config.setClusterName("peers");
    config.getNetworkConfig().addAddress(arguments[2]);
    HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
    try {
      new ExecutorLoad(client.getExecutorService(HazelcastMember.EXECUTOR), Stopwatch.of(arguments))
          .run();
    } finally {
      client.shutdown();
    }
  }
}
