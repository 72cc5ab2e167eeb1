package dev.farpool.dist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loaded into a JVM that runs: reads a serialized object there, and tells what came of it. */
public final class ReadingAgent {
  static final String READ = "it was read";

  private ReadingAgent() {}

  /** Called by the JVM that it was loaded into. */
  public static void agentmain(String file) throws IOException, ClassNotFoundException {
    Files.writeString(Path.of(file), read());
  }

  /** {@link #READ}, or why it was not. */
  static String read() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ArrayList<>(List.of("harmless")));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.readObject();
      return READ;
    } catch (InvalidClassException refused) {
      return refused.getMessage();
    }
  }
}
