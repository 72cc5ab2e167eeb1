package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.kit.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The archive of classes, made in a copy of the distribution. */
@Timeout(180)
@Isolated("It keeps all cores busy, and has to be done in a time.")
class ClassArchiveIT extends Sandboxed {
  @Test
  void anArchiveIsMadeAndSharedFromThenOnAndNothingElseIsLeft() throws Exception {
    Path copy = sandbox.directory().resolve("copy");
    sandbox
        .launch(List.of("cp", "-a", sandbox.home().toString(), copy.toString()), Map.of())
        .exits(0);
    Path archive = copy.resolve("farpool.jsa");
    Files.deleteIfExists(archive);
    assertEquals(0, classesShared(copy));

    List<String> made = farpool(copy, "class-archive", "").exits(0).err();

    assertTrue(made.get(0).startsWith("farpool class-archive: " + archive), made::toString);
    assertTrue(classesShared(copy) > 50);
    assertEquals(List.of(), sandbox.processesLeft());
  }

  /**
   * How many of Farpool's own classes the help, which needs all commands, takes from an archive.
   */
  private long classesShared(Path copy) throws Exception {
    return farpool(copy, "--help", "-Xlog:class+load").exits(0).out().stream()
        .filter(line -> line.contains(" dev.farpool.") && line.contains("shared objects file"))
        .count();
  }

  private Launched farpool(Path home, String argument, String javaOption) throws IOException {
    return sandbox.launch(
        List.of(home.resolve("bin/farpool").toString(), argument),
        Map.of("FARPOOL_JAVA_OPTS", "-Djava.io.tmpdir=" + sandbox.directory() + " " + javaOption));
  }
}
