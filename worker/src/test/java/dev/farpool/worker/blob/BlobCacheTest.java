package dev.farpool.worker.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import dev.farpool.worker.testing.FakeBlobs;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BlobCacheTest {
  private static final byte[] BYTES = "what the blob holds".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private final FakeBlobs blobs = new FakeBlobs();
  private Server server;
  private ManagedChannel channel;
  private BlobTransfer transfer;

  @BeforeEach
  void serve() throws IOException {
    String name = UUID.randomUUID().toString();
    server = InProcessServerBuilder.forName(name).addService(blobs).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    transfer = new BlobTransfer(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private BlobCache cache() {
    return new BlobCache(directory, false, transfer, Thread::new);
  }

  private static Path fetch(BlobCache cache, BlobRef blob) throws Exception {
    return cache.fetch(blob).get(20, TimeUnit.SECONDS);
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[3]++;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
  }

  @Test
  void aBlobIsFetchedOnce() throws Exception {
    BlobRef blob = blobs.put(BYTES);
    try (BlobCache cache = cache()) {
      assertArrayEquals(BYTES, Files.readAllBytes(fetch(cache, blob)));
      fetch(cache, blob);
    }
    try (BlobCache next = cache()) {
      fetch(next, blob);
    }
    assertEquals(1, blobs.downloads());
  }

  @Test
  void aDamagedBlobIsFetchedAgain() throws Exception {
    BlobRef blob = blobs.put(BYTES);
    try (BlobCache cache = cache()) {
      damage(fetch(cache, blob));
      assertArrayEquals(BYTES, Files.readAllBytes(fetch(cache, blob)));
      damage(fetch(cache, blob));
    }
    try (BlobCache next = cache()) {
      assertArrayEquals(BYTES, Files.readAllBytes(fetch(next, blob)));
    }
    assertEquals(3, blobs.downloads());
  }

  @Test
  void whatIsNotWhatItsNameSaysIsNotKept() throws Exception {
    BlobRef blob = blobs.put(BYTES);
    blobs.replace(blob, ByteString.copyFromUtf8("something else and so"));
    try (BlobCache cache = cache()) {
      assertThrows(ExecutionException.class, () -> fetch(cache, blob));
    }
    assertFalse(new BlobFiles(directory).contains(blob));
  }

  @Test
  void theCoordinatorsLastWordIsToldApartFromWhatMayPass() throws Exception {
    BlobRef nowhere = BlobFiles.refOf(new byte[] {1, 2, 3});
    try (BlobCache cache = cache()) {
      Throwable failed = assertThrows(ExecutionException.class, () -> fetch(cache, nowhere));
      assertInstanceOf(BlobRefusedException.class, failed.getCause());
      assertTrue(failed.getMessage().contains("NOT_FOUND"), failed.getMessage());
    }
  }
}
