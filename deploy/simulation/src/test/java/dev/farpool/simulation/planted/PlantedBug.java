package dev.farpool.simulation.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bug to be planted: in which source files which text is replaced by which.
 *
 * @param name of the file it is in
 * @param what it does wrong, for people
 */
record PlantedBug(String name, String what, List<Hunk> hunks) {
  private static final String SUFFIX = ".bug";

  private record Hunk(String file, String before, String after) {}

  static PlantedBug read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Hunk> hunks = new ArrayList<>();
    for (int i = 1; i < lines.size(); ) {
      String source = lines.get(i++).substring("@@ ".length());
      int from = i;
      while (i < lines.size() && !lines.get(i).startsWith("@@ ")) {
        i++;
      }
      List<String> body = lines.subList(from, i);
      hunks.add(new Hunk(source, text(body, '-'), text(body, '+')));
    }
    String name = file.getFileName().toString().replace(SUFFIX, "");
    return new PlantedBug(name, lines.get(0).substring("# ".length()), hunks);
  }

  private static String text(List<String> body, char mark) {
    return String.join(
        "\n",
        body.stream()
            .filter(line -> line.charAt(0) == mark)
            .map(line -> line.substring(1))
            .toList());
  }

  /**
   * The sources with the bug in them, by path.
   *
   * @param root of the source tree
   * @throws IllegalStateException if the text to be replaced is not there, or not once
   */
  Map<String, String> sources(Path root) throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Hunk hunk : hunks) {
      String source = sources.get(hunk.file());
      if (source == null) {
        source = Files.readString(root.resolve(hunk.file()));
      }
      int at = source.indexOf(hunk.before());
      if (at < 0 || source.indexOf(hunk.before(), at + 1) >= 0) {
        throw new IllegalStateException(
            name
                + ": not exactly once in "
                + hunk.file()
                + ", change the bug with the source: "
                + hunk.before());
      }
      sources.put(
          hunk.file(),
          source.substring(0, at) + hunk.after() + source.substring(at + hunk.before().length()));
    }
    return sources;
  }
}
