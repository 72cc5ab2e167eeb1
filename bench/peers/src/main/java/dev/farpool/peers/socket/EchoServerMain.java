package dev.farpool.peers.socket;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/** Sends each frame of one connection back. */
public final class EchoServerMain {
  private EchoServerMain() {}

  /**
   * Prints that it is ready, and runs until its client has gone.
   *
   * @param arguments the path of the socket
   */
  public static void main(String[] arguments) throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
      System.out.println("ready");
      try (FrameChannel frames = new FrameChannel(server.accept())) {
        for (byte[] frame = frames.read(); frame != null; frame = frames.read()) {
          frames.write(frame);
        }
      }
    }
  }
}
