package dev.farpool.worker.exec.cgroup;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files by which one speaks to the kernel of groups. */
final class GroupFiles {
  static final String PROCESSES = "cgroup.procs";

  private GroupFiles() {}

  static void write(Path group, String file, String value) throws IOException {
    Files.writeString(group.resolve(file), value);
  }

  /**
   * Writes what some kernels cannot take.
   *
   * @return whether there is such a file
   */
  static boolean writeIfThere(Path group, String file, String value) throws IOException {
    boolean there = Files.exists(group.resolve(file));
    if (there) {
      write(group, file, value);
    }
    return there;
  }

  /** Why the kernel refused something of a group that the caller names. */
  static String reason(IOException refused) {
    if (refused instanceof FileSystemException told && told.getReason() != null) {
      return told.getReason();
    }
    return refused.getClass().getSimpleName();
  }

  /** The lines of a file; none if it cannot be read. */
  static List<String> lines(Path group, String file) {
    try {
      return Files.readAllLines(group.resolve(file));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** The words of a file of one line. */
  static List<String> words(Path group, String file) {
    return List.of(String.join(" ", lines(group, file)).strip().split(" "));
  }

  /** A number from a file with a name and a number in each line; 0 if it is not there. */
  static long number(Path group, String file, String name) {
    for (String line : lines(group, file)) {
      if (line.startsWith(name + " ")) {
        return Long.parseLong(line.substring(name.length() + 1).strip());
      }
    }
    return 0;
  }

  /** The groups right below one. */
  static List<Path> below(Path group) {
    File[] directories = group.toFile().listFiles(File::isDirectory);
    return directories == null
        ? List.of()
        : List.of(directories).stream().map(File::toPath).toList();
  }
}
