package dev.farpool.peers;

import java.nio.file.Path;
import java.util.List;

/** All that can be measured. */
final class Peers {
  private Peers() {}

  /**
   * In the order of a full run: Farpool, what users would take instead, what the machine allows.
   *
   * @param root the checkout
   */
  static List<Peer> all(Path root) {
    Path farpool = root.resolve("deploy/farpool");
    Path scripts = root.resolve("bench/peers/python");
    return List.of(
        new FarpoolPeer(farpool, false),
        new FarpoolPeer(farpool, true),
        new PythonPeer(
            "python",
            scripts.resolve("pool_load.py"),
            "multiprocessing",
            "apt-get install python3"),
        new HazelcastPeer("hazelcast", List.of()),
        new HazelcastPeer(
            "hazelcast-tuned", List.of("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2")),
        new PythonPeer(
            "dask",
            scripts.resolve("dask_load.py"),
            "distributed",
            "apt-get install python3-distributed"),
        new CeleryPeer(scripts),
        new RelayPeer(1),
        new RelayPeer(100),
        new RelayPeer(1_000),
        new SocketPeer(),
        new ThreadPoolPeer());
  }
}
