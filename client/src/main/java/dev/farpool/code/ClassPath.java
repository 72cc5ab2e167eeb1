package dev.farpool.code;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The class path of a program, as the JVM reads it: what is not there is passed over, and the
 * {@code Class-Path} of a jar's manifest counts as if it stood behind the jar.
 */
public final class ClassPath {
  private static final String DESCRIPTOR = "module-info.class";

  /** Jars seldom change while a program runs: they are read once. */
  private static final ConcurrentHashMap<Seen, CodeFile> SEEN = new ConcurrentHashMap<>();

  private record Seen(Path path, long size, long modified) {}

  private final List<Path> entries;

  private ClassPath(List<Path> entries) {
    this.entries = entries;
  }

  /** That of this JVM, with the modules of its module path behind. */
  public static ClassPath ofThisProgram() {
    List<Path> entries = new ArrayList<>();
    entries.addAll(split(System.getProperty("java.class.path", "")));
    for (Path entry : split(System.getProperty("jdk.module.path", ""))) {
      entries.addAll(modules(entry));
    }
    return of(entries);
  }

  /** An entry of a module path is a module, or a directory of modules. */
  static List<Path> modules(Path entry) {
    if (!Files.isDirectory(entry) || Files.exists(entry.resolve(DESCRIPTOR))) {
      return List.of(entry);
    }
    try (Stream<Path> files = Files.list(entry)) {
      return files
          .filter(file -> isJar(file) || Files.exists(file.resolve(DESCRIPTOR)))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of(); // The JVM found no modules there either.
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar") && Files.isRegularFile(file);
  }

  static ClassPath of(List<Path> entries) {
    Set<Path> all = new LinkedHashSet<>();
    entries.forEach(entry -> add(entry, all));
    return new ClassPath(List.copyOf(all));
  }

  private static List<Path> split(String text) {
    List<Path> entries = new ArrayList<>();
    for (String entry : text.isEmpty() ? new String[0] : text.split(File.pathSeparator, -1)) {
      path(entry).ifPresent(entries::add); // An empty entry is the working directory.
    }
    return entries;
  }

  private static Optional<Path> path(String entry) {
    try {
      return Optional.of(Path.of(entry));
    } catch (InvalidPathException unusable) {
      return Optional.empty(); // The JVM found nothing there either.
    }
  }

  private static void add(Path entry, Set<Path> all) {
    Path path = entry.toAbsolutePath().normalize();
    if (Files.exists(path) && all.add(path) && Files.isRegularFile(path)) {
      manifestClassPath(path).forEach(further -> add(further, all));
    }
  }

  private static List<Path> manifestClassPath(Path jar) {
    List<Path> entries = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String text =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      for (String url : text == null ? new String[0] : text.trim().split("\\s+")) {
        URI uri = jar.toUri().resolve(url);
        if ("file".equals(uri.getScheme())) {
          entries.add(Path.of(uri));
        }
      }
    } catch (IOException | IllegalArgumentException noJar) {
      // The JVM passes over files that are no jars, and over malformed entries.
      return entries;
    }
    return entries;
  }

  /** Where its parts are, in order. */
  List<Path> entries() {
    return entries;
  }

  /**
   * Its parts, in order, each with its content's name.
   *
   * @throws IOException if one of them cannot be read
   */
  public List<CodeFile> files() throws IOException {
    List<CodeFile> files = new ArrayList<>();
    for (Path entry : entries) {
      files.add(Files.isDirectory(entry) ? CodeFile.directory(entry) : jar(entry));
    }
    return files;
  }

  private static CodeFile jar(Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    Seen key = new Seen(path, now.size(), now.lastModifiedTime().toMillis());
    CodeFile seen = SEEN.get(key);
    if (seen == null) {
      seen = CodeFile.jar(path);
      SEEN.put(key, seen);
    }
    return seen;
  }
}
