package dev.farpool.cli.hosts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to run on every host.
 *
 * @param distribution what to run
 * @param directory where hosts keep distributions, relative to the user's home there or absolute
 * @param javaHome where Java is there; empty for the one in the PATH
 * @param files a directory of this host; each worker gets what is in it, for its user alone, and
 *     runs where that is
 * @param options of every worker
 */
public record Plan(
    Distribution distribution,
    String directory,
    String javaHome,
    Optional<Path> files,
    List<String> options) {
  private static final long MEBIBYTE = 1 << 20;

  /** Where the distribution is on a host. */
  String home() {
    return directory + "/" + distribution.name();
  }

  /** Where workers that stay have their logs and process ids. */
  static String place(String directory) {
    return directory + "/run";
  }

  /** Where a worker's files are on its host; empty if it has none. */
  String files(HostLine host) {
    return files.isPresent() ? place(directory) + "/" + host.name() + ".private/files" : "";
  }

  /** How large the distribution is, for people. */
  String size() {
    return (distribution.bytes() + MEBIBYTE / 2) / MEBIBYTE + " MiB";
  }

  /** The options of the worker on a host. */
  List<String> options(HostLine host) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--name", host.name()));
    host.cores().ifPresent(cores -> all.addAll(List.of("--cores", Integer.toString(cores))));
    host.labels().forEach((key, value) -> all.addAll(List.of("--label", key + "=" + value)));
    return all;
  }
}
