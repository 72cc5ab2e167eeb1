package dev.farpool.chaos.kit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One host of a {@link Network}: a namespace with one link to the bridge. */
public final class Host implements Place {
  /** Which way packets go, seen from the host. */
  public enum Direction {
    IN,
    OUT
  }

  private static final String DEVICE = "eth0";
  private static final String QUEUE_TIME = "2s";
  private static final String BURST = "16kb";

  private final String hub;
  private final String namespace;
  private final String port;
  private String address;

  Host(String hub, String namespace, String port, String address) {
    this.hub = hub;
    this.namespace = namespace;
    this.port = port;
    this.address = address;
  }

  void connect() throws IOException, InterruptedException {
    Shell.run(
        "ip", "-n", hub, "link", "add", port, "type", "veth", "peer", "name", DEVICE, "netns",
        namespace);
    Shell.run("ip", "-n", hub, "link", "set", port, "master", "bridge", "up");
    Shell.run("ip", "-n", namespace, "link", "set", DEVICE, "up");
    Shell.run("ip", "-n", namespace, "address", "add", address + "/24", "dev", DEVICE);
  }

  String namespace() {
    return namespace;
  }

  /** Its address. */
  public String address() {
    return address;
  }

  @Override
  public List<String> command(List<String> command) {
    List<String> there = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    there.addAll(command);
    return there;
  }

  /** Loses every packet of one direction, silently, until {@link #heal}. */
  public void cut(Direction direction) throws IOException, InterruptedException {
    queue(direction, "blackhole");
  }

  /** Loses every packet of both directions. */
  public void cut() throws IOException, InterruptedException {
    cut(Direction.IN);
    cut(Direction.OUT);
  }

  /** Lets no more than this many bits a second through, each way. */
  public void slow(int kilobits) throws IOException, InterruptedException {
    for (Direction direction : Direction.values()) {
      queue(direction, "tbf", "rate", kilobits + "kbit", "burst", BURST, "latency", QUEUE_TIME);
    }
  }

  /** Ends what {@link #cut} and {@link #slow} began. */
  public void heal() throws IOException, InterruptedException {
    for (Direction direction : Direction.values()) {
      queue(direction, "noqueue");
    }
  }

  /** Gives it another address; connections of the old one are dead. */
  public void readdress(String other) throws IOException, InterruptedException {
    Shell.run("ip", "-n", namespace, "address", "del", address + "/24", "dev", DEVICE);
    Shell.run("ip", "-n", namespace, "address", "add", other + "/24", "dev", DEVICE);
    address = other;
  }

  private void queue(Direction direction, String... kind) throws IOException, InterruptedException {
    boolean out = direction == Direction.OUT;
    List<String> command =
        new ArrayList<>(List.of("tc", "-n", out ? namespace : hub, "qdisc", "replace", "dev"));
    command.addAll(List.of(out ? DEVICE : port, "root"));
    command.addAll(List.of(kind));
    Shell.run(command.toArray(String[]::new));
  }
}
