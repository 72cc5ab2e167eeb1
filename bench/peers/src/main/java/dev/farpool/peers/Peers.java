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
    Path scale = root.resolve("bench/scale/run");
    Path scripts = root.resolve("bench/peers/python");
    return List.of(
        new FarpoolPeer(farpool, false),
        new FarpoolPeer(farpool, true),
        new IdlePeer(farpool),
        new ScalePeer(
            "farpool-scale",
            "scale",
            scale,
            List.of("--workers", "1000", "--cores", "64", "--seconds", "30"),
            ""),
        new ScalePeer(
            "farpool-queue",
            "queue",
            scale,
            List.of("--queue", "10000000", "--payload", "100", "--heap", "2g"),
            "10,000,000: "),
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
