package dev.farpool.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What several JVMs have listed of the classes they loaded, as one list that a JVM makes an archive
 * of.
 *
 * <p>A class has another number in each list, and is named here without. Lambdas come after the
 * classes they are in. Other lines, which Java 24 and later write, stay out: they only spare the
 * JVM a little more, and would have to follow the classes in the order of one of the lists.
 */
final class ClassList {
  private static final String LAMBDA = "@lambda-";

  private final Set<String> classes = new TreeSet<>();
  private final Set<String> lambdas = new TreeSet<>();

  /** Adds a line of a list. */
  void add(String line) {
    if (line.startsWith(LAMBDA)) {
      lambdas.add(line);
    } else if (!line.startsWith("#") && !line.startsWith("@")) {
      classes.add(line.split(" ", 2)[0]);
    }
  }

  /** The lines of the whole. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(classes);
    lines.addAll(lambdas);
    return lines;
  }
}
