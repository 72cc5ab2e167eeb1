package dev.farpool.coordinator.blob;

import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has uploaded which blob, and so may read it: an empty file for each, so that a later
 * coordinator knows it too. To know the name of a blob is no right to it. Thread-safe.
 */
public final class Grants {
  /** Not the name of anybody. What workers write are results, whose names only their owner gets. */
  private static final String RESULTS = ".results";

  private final Path directory;
  private final Map<String, Set<BlobRef>> known = new ConcurrentHashMap<>();

  /**
   * @param directory is made when the first grant is
   */
  public Grants(Path directory) {
    this.directory = directory;
  }

  /** Whether somebody may read a blob. The disk is asked only until he may. */
  public boolean has(String reader, BlobRef blob) {
    return isGiven(reader, blob) || isGiven(RESULTS, blob);
  }

  private boolean isGiven(String reader, BlobRef blob) {
    Set<BlobRef> own = known.computeIfAbsent(reader, name -> ConcurrentHashMap.newKeySet());
    return own.contains(blob) || (Files.exists(file(reader, blob)) && own.add(blob));
  }

  private Path file(String reader, BlobRef blob) {
    return directory.resolve(reader).resolve(BlobFiles.hex(blob) + "-" + blob.getSize());
  }

  /**
   * Lets somebody read a blob.
   *
   * @throws IOException if it cannot be noted
   */
  public void give(String reader, BlobRef blob) throws IOException {
    Path file = file(reader, blob);
    Files.createDirectories(file.getParent());
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException before) {
      return; // Given by an earlier coordinator, or in another call.
    }
  }

  /**
   * Lets whoever learns the name of a result read it.
   *
   * @throws IOException if it cannot be noted
   */
  public void giveResult(BlobRef blob) throws IOException {
    give(RESULTS, blob);
  }
}
