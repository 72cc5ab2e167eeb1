package dev.farpool.peers;

import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Python program that starts what it measures itself.
 *
 * @param script that program
 * @param modules what it imports, with commas
 * @param installation how to get them
 */
record PythonPeer(String name, Path script, String modules, String installation) implements Peer {
  @Override
  public Optional<String> missing() {
    return Python.with(modules).isPresent()
        ? Optional.empty()
        : Optional.of("no python3 imports " + modules + "; " + installation);
  }

  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    String interpreter = Python.with(modules).orElseThrow();
    List<String> command =
        Stream.concat(Stream.of(interpreter, script.toString()), effort.arguments().stream())
            .toList();
    return Samples.of(children.start(name, command));
  }
}
