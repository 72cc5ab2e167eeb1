package dev.farpool.peers;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Children;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Celery with Redis: broker, a worker with two processes, and a client.
 *
 * @param scripts the directory of the Python programs
 */
record CeleryPeer(Path scripts) implements Peer {
  private static final String MODULES = "celery,redis";

  @Override
  public String name() {
    return "celery";
  }

  @Override
  public Optional<String> missing() {
    if (Python.with(MODULES).isEmpty() || !Python.succeeds("redis-server", "--version")) {
      return Optional.of(
          "needs Celery and Redis; apt-get install python3-celery python3-redis redis-server");
    }
    return Optional.empty();
  }

  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    String interpreter = Python.with(MODULES).orElseThrow();
    int port = freePort();
    children.start("redis", redis(port)).await("Ready to accept", Effort.START);
    String url = "redis://127.0.0.1:" + port;
    String program = scripts.resolve("celery_load.py").toString();
    children.start("celery-worker", List.of(interpreter, program, "worker", url));
    return Samples.of(
        children.start(
            "celery-client",
            Stream.concat(
                    Stream.of(interpreter, program, "client", url), effort.arguments().stream())
                .toList()));
  }

  private static List<String> redis(int port) {
    String number = Integer.toString(port);
    return List.of("redis-server", "--bind", "127.0.0.1", "--port", number, "--save", "");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
