package dev.farpool.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.v1.BlobRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobFilesTest {
  private static final byte[] BYTES = "hello".getBytes(StandardCharsets.UTF_8);
  private static final BlobRef REF = BlobFiles.refOf(BYTES);

  @TempDir Path directory;

  @Test
  void blobIsThereOnlyAfterItsCommit() throws IOException {
    BlobFiles blobs = new BlobFiles(directory);
    try (BlobFiles.Writer writer = blobs.write(REF)) {
      writer.append(ByteString.copyFrom(BYTES));
      assertFalse(blobs.contains(REF));
      writer.commit();
    }

    assertArrayEquals(BYTES, Files.readAllBytes(blobs.path(REF)));
  }

  @Test
  void blobOfAnotherSizeIsNotThere() throws IOException {
    BlobFiles blobs = new BlobFiles(directory);
    try (BlobFiles.Writer writer = blobs.write(REF)) {
      writer.append(ByteString.copyFrom(BYTES));
      writer.commit();
    }

    assertTrue(blobs.contains(REF));
    assertFalse(blobs.contains(REF.toBuilder().setSize(REF.getSize() + 1).build()));
  }

  @Test
  void otherBytesAreRefusedAndLeaveNothing() throws IOException {
    BlobFiles blobs = new BlobFiles(directory);
    try (BlobFiles.Writer writer = blobs.write(REF)) {
      writer.append(ByteString.copyFromUtf8("hallo"));
      String message =
          assertThrows(BlobFiles.BlobMismatchException.class, writer::commit).getMessage();
      assertTrue(message.contains("blob.sha256"), message);
    }

    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void moreBytesThanTheBlobHasAreRefusedAtOnce() throws IOException {
    try (BlobFiles.Writer writer = new BlobFiles(directory).write(REF)) {
      assertThrows(
          BlobFiles.BlobMismatchException.class,
          () -> writer.append(ByteString.copyFromUtf8("hello!")));
    }
  }

  @Test
  void adoptedFileIsReadInPlace() throws IOException {
    Path file = Files.write(directory.resolve("code.jar"), BYTES);
    BlobFiles blobs = new BlobFiles(directory.resolve("blobs"));

    Files.createDirectories(directory.resolve("blobs"));
    blobs.adopt(BlobFiles.refOf(file), file);

    assertArrayEquals(BYTES, Files.readAllBytes(blobs.path(REF)));
  }
}
