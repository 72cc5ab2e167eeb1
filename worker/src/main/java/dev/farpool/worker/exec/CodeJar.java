package dev.farpool.worker.exec;

import dev.farpool.executor.LateCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * The code of a pool for executors that were started before anybody knew the pool.
 *
 * <p>A spare is started with a class path of its runtime and a jar that is not there yet. The JDK
 * opens an entry when it first looks for a class that is in none before it, which is after the
 * spare was set up for its pool. By then the jar is there: it names the pool's parts, as the {@code
 * Class-Path} of its manifest.
 */
final class CodeJar {
  private static final String JAR = "code.jar";
  private static final String CLASS_PATH = "class-path";

  /** Between paths: nothing else is in none. */
  private static final String END = "\0";

  private CodeJar() {}

  /**
   * Writes what {@link #bring} needs into the directory of a pool, and tells what spares read.
   *
   * @param parts the class path
   * @param jars the same without links
   */
  static Path write(Path pool, List<Path> parts, List<Path> jars) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    StringJoiner urls = new StringJoiner(" ");
    StringJoiner paths = new StringJoiner(END);
    paths.add(ExecutorCommand.classPath(parts));
    for (Path jar : jars) {
      urls.add(jar.toUri().toString()); // Without links, as the JDK does with a class path.
      paths.add(jar.toString());
    }
    attributes.put(Attributes.Name.CLASS_PATH, urls.toString());
    Path file = pool.resolve(JAR);
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      jar.putNextEntry(new ZipEntry(LateCode.MARK));
    }
    Files.writeString(pool.resolve(CLASS_PATH), paths.toString());
    return file;
  }

  /** Brings a spare the code of the pool with this directory, and tells where it is. */
  static LateClassPath bring(ChildExecutor spare, Path pool) throws IOException {
    Files.createSymbolicLink(spare.code(), pool.resolve(JAR));
    List<String> paths = List.of(Files.readString(pool.resolve(CLASS_PATH)).split(END));
    return new LateClassPath(paths.get(0), paths.subList(1, paths.size()));
  }
}
