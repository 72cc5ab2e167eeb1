package dev.farpool.worker.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The jar that tests ship to executors. */
public final class TestCode {
  private static final Class<?>[] CLASSES = {TestCodec.class, TestTasks.class, Mischief.class};

  private TestCode() {}

  public static byte[] jar() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      for (Class<?> type : CLASSES) {
        add(jar, type.getName());
      }
      add(jar, TestTasks.class.getName() + "$1");
      add(jar, Mischief.class.getName() + "$Copies");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream jar, String className) throws IOException {
    String path = className.replace('.', '/') + ".class";
    jar.putNextEntry(new ZipEntry(path));
    try (InputStream in = TestCode.class.getClassLoader().getResourceAsStream(path)) {
      in.transferTo(jar);
    }
    jar.closeEntry();
  }
}
