package dev.farpool.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.executor.frame.FrameReader;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LikelyCodeTest {
  @TempDir Path temp;

  private final LikelyCode likely = new LikelyCode();

  private String jar(String name) throws IOException {
    Path jar = temp.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("a"));
    }
    return jar.toRealPath().toString();
  }

  /** What comes from the agent. */
  private static FrameReader list(String... jars) throws IOException {
    FrameWriter frame = new FrameWriter();
    frame.begin(FrameType.LIKELY_CODE).putInt(jars.length);
    for (String jar : jars) {
      frame.putString(jar);
    }
    frame.end();
    FrameReader in =
        new FrameReader(
            Channels.newChannel(new ByteArrayInputStream(frame.toByteArray())), 64 * 1024);
    assertEquals(FrameType.LIKELY_CODE, in.next());
    return in;
  }

  /** The files that this process has open. */
  private static Set<String> openFiles() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(LikelyCodeTest::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  @Test
  void onlyTheCodeOfItsPoolStaysOpen() throws IOException {
    String common = jar("common.jar");
    String foreign = jar("foreign.jar");
    likely.open(list(common, foreign));
    assertTrue(openFiles().containsAll(List.of(common, foreign)));

    likely.keepOnly(list(common, jar("own.jar")));

    assertTrue(openFiles().contains(common));
    assertFalse(openFiles().contains(foreign));
    likely.keepOnly(list());
    assertFalse(openFiles().contains(common));
  }

  @Test
  void aJarThatIsGoneIsLeftOut() throws IOException {
    String there = jar("there.jar");

    likely.open(list(temp.resolve("gone.jar").toString(), there));

    assertTrue(openFiles().contains(there));
    likely.keepOnly(list());
  }
}
