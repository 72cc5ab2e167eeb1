package dev.farpool.executor;

import dev.farpool.executor.frame.FrameReader;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * The jars that the pool of a spare is likely to have, opened before anybody knows that pool.
 *
 * <p>The JDK reads the directory of a jar when the jar is opened, and shares it with whoever opens
 * the same file again while it is open. For a class path of many jars that takes longer than all
 * else that a new pool waits for. What their manifests name is left alone: it may be anything, and
 * this process may become another client's. Not thread-safe.
 */
final class LikelyCode {
  private static final String NOWHERE = "META-INF/farpool-nowhere";

  private final Map<String, JarFile> open = new HashMap<>();

  /** Opens the jars listed. */
  void open(FrameReader in) throws IOException {
    for (String path : readList(in)) {
      try {
        open.put(path, open(path));
      } catch (IOException gone) {
        continue; // It was only likely; whoever really needs it is told.
      }
    }
  }

  /** Does what the JDK does with a class path, so that it is compiled when it counts. */
  private static JarFile open(String path) throws IOException {
    JarFile jar = new JarFile(new File(path), true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
    jar.isMultiRelease();
    jar.getEntry(NOWHERE);
    return jar;
  }

  /** Closes what is not among the jars listed: it belongs to somebody else's code. */
  void keepOnly(FrameReader in) throws IOException {
    Set<String> kept = readList(in);
    Iterator<Map.Entry<String, JarFile>> all = open.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, JarFile> jar = all.next();
      if (!kept.contains(jar.getKey())) {
        jar.getValue().close();
        all.remove();
      }
    }
  }

  private static Set<String> readList(FrameReader in) throws IOException {
    int count = in.readInt();
    Set<String> jars = new HashSet<>();
    for (int i = 0; i < count; i++) {
      jars.add(in.readString());
    }
    return jars;
  }
}
