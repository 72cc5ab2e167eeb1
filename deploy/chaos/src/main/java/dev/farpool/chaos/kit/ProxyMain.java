package dev.farpool.chaos.kit;

import dev.farpool.common.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A {@link FaultProxy} as a process: each line of standard input is a {@link Treatment}. */
final class ProxyMain {
  private ProxyMain() {}

  /** Arguments: where to listen, the target, the seed. Ends with its standard input. */
  public static void main(String[] args) throws IOException {
    try (FaultProxy proxy =
            new FaultProxy(address(args[0]), address(args[1]), Long.parseLong(args[2]));
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("proxy: listening on " + proxy.address());
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        proxy.treat(Treatment.parse(line));
        System.out.println("proxy: " + line);
      }
    }
  }

  private static InetSocketAddress address(String text) {
    HostPort parsed = HostPort.parse(text);
    return new InetSocketAddress(parsed.host(), parsed.port());
  }
}
