package dev.farpool.peers.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.farpool.peers.process.Parent;

/** A member on its own, reached over loopback only, whose executor has two threads. */
public final class HazelcastMember {
  static final String EXECUTOR = "tasks";

  private HazelcastMember() {}

  /** Prints its address when it is ready, and runs until its parent ends. */
  public static void main(String[] arguments) throws Exception {
    Config config = new Config();
    config.setClusterName("peers");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.getNetworkConfig().setPort(0).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    config.getExecutorConfig(EXECUTOR).setPoolSize(2);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    System.out.println(
        "ready 127.0.0.1:" + member.getCluster().getLocalMember().getAddress().getPort());
    Parent.awaitEnd();
    member.getLifecycleService().terminate();
  }
}
