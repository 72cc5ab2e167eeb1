package dev.farpool.peers;

import dev.farpool.peers.process.Child;
import dev.farpool.peers.process.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A coordinator and a worker of two cores. */
record FarpoolCluster(Child coordinator, Child worker, String address) {

  /** Starts them, and waits until the worker is attached. */
  static FarpoolCluster start(Path farpool, Children children)
      throws IOException, InterruptedException {
    Child coordinator =
        children.start(
            "coordinator",
            List.of(
                farpool.toString(), "coordinator", "--listen", "127.0.0.1:0", "--console", "off"));
    String address = coordinator.await("listening on ", Effort.START);
    Child worker =
        children.start(
            "worker",
            List.of(farpool.toString(), "worker", "--coordinator", address, "--cores", "2"));
    worker.await("attached to ", Effort.START);
    return new FarpoolCluster(coordinator, worker, address);
  }
}
