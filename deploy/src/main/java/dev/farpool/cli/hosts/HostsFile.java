package dev.farpool.cli.hosts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads files of hosts, one a line: {@code host [cores] [label=value ...]}. A {@code #} begins a
 * comment. A host may stand there several times; its workers then get numbers.
 */
public final class HostsFile {
  /** No dash at the beginning, for ssh would take it for an option. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9_.@:%-]*");

  private static final Pattern CORES = Pattern.compile("[0-9]{1,9}");
  private static final int MOST_CORES = 100_000;

  private final List<HostLine> hosts = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private HostsFile() {}

  /**
   * The hosts of a file, in its order.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a line is malformed or there is none; the text has its
   *     number and what is wrong
   */
  public static List<HostLine> read(Path file) throws IOException {
    return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
  }

  static List<HostLine> parse(List<String> lines) {
    HostsFile file = new HostsFile();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        try {
          file.add(line.split("\\s+"));
        } catch (IllegalArgumentException malformed) {
          throw new IllegalArgumentException("line " + (i + 1) + ": " + malformed.getMessage());
        }
      }
    }
    if (file.hosts.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no host in it; a line is host [cores] [label=value ...]");
    }
    return List.copyOf(file.hosts);
  }

  private void add(String[] words) {
    if (!HOST.matcher(words[0]).matches()) {
      throw new IllegalArgumentException(
          "a host is a name or an address as ssh takes it, not \"" + words[0] + "\"");
    }
    boolean counted = words.length > 1 && CORES.matcher(words[1]).matches();
    OptionalInt cores = counted ? OptionalInt.of(cores(words[1])) : OptionalInt.empty();
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = counted ? 2 : 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "after the host come its cores and labels like gpu=yes, not \"" + words[i] + "\"");
      }
      labels.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    hosts.add(new HostLine(words[0], name(words[0]), cores, labels));
  }

  private static int cores(String word) {
    int cores = Integer.parseInt(word);
    if (cores < 1 || cores > MOST_CORES) {
      throw new IllegalArgumentException("cores must be 1 to " + MOST_CORES + ", not " + word);
    }
    return cores;
  }

  /** The host's name without the user's, in the characters that a worker's name may have. */
  private String name(String host) {
    String plain =
        host.substring(host.indexOf('@') + 1)
            .replaceAll("[^A-Za-z0-9._-]", "-")
            .replaceFirst("^-+", "");
    String name = plain;
    for (int number = 2; !names.add(name); number++) {
      name = plain + "-" + number;
    }
    return name;
  }
}
