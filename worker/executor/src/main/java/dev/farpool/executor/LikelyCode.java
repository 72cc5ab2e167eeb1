package dev.farpool.executor;

import dev.farpool.executor.frame.FrameReader;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The jars that the pool of a spare is likely to have, opened before anybody knows that pool.
 *
 * <p>The JDK reads the directory of a jar when the jar is opened, and shares it with whoever opens
 * the same file again while it is open. For a class path of many jars that takes longer than all
 * else that a new pool waits for. They are opened as the JDK opens its class path, so that this is
 * compiled by then. Not thread-safe.
 */
final class LikelyCode {
  private static final String NOWHERE = "META-INF/farpool-nowhere";

  private final Map<String, URLClassLoader> open = new HashMap<>();

  /** Opens the jars listed, those that are there. */
  void open(FrameReader in) throws IOException {
    for (String jar : readList(in)) {
      URL[] path = {new File(jar).toURI().toURL()};
      URLClassLoader loader = new URLClassLoader(path, null);
      loader.findResource(NOWHERE); // To find it nowhere takes opening the jar.
      open.put(jar, loader);
    }
  }

  /** Closes what is not among the jars listed: it belongs to somebody else's code. */
  void keepOnly(FrameReader in) throws IOException {
    Set<String> kept = readList(in);
    Iterator<Map.Entry<String, URLClassLoader>> all = open.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, URLClassLoader> jar = all.next();
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
