package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.DownloadResponse;
import dev.farpool.v1.FindMissingRequest;
import dev.farpool.v1.UploadRequest;
import dev.farpool.v1.UploadResponse;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Blobs, with the services served within the process. */
@Timeout(20)
class BlobTransferTest {
  @TempDir Path directory;
  private Coordinator coordinator;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    coordinator = Coordinator.create(CoordinatorConfig.of(directory));
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
    for (BindableService service : coordinator.services()) {
      builder.addService(service);
    }
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    coordinator.close();
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void blobsComeBackAsTheyWereSentAndOnlyThen() throws InterruptedException {
    byte[] bytes = new byte[700_000];
    new Random(1).nextBytes(bytes);
    BlobRef blob = BlobFiles.refOf(bytes);
    var blobs = BlobServiceGrpc.newBlockingStub(channel);
    FindMissingRequest question = FindMissingRequest.newBuilder().addBlobs(blob).build();
    assertEquals(List.of(blob), blobs.findMissing(question).getMissingList());

    Collected<UploadResponse> wrong = upload(blob, new byte[] {1, 2, 3});
    assertEquals(Status.Code.INVALID_ARGUMENT, Status.fromThrowable(wrong.errors.take()).getCode());
    assertEquals(1, blobs.findMissing(question).getMissingCount());
    Collected<UploadResponse> right = upload(blob, bytes);
    assertInstanceOf(UploadResponse.class, right.answers.take());
    assertEquals(0, blobs.findMissing(question).getMissingCount());

    ByteString downloaded = ByteString.EMPTY;
    Iterator<DownloadResponse> pieces =
        blobs.download(DownloadRequest.newBuilder().setBlob(blob).setOffset(10).build());
    while (pieces.hasNext()) {
      downloaded = downloaded.concat(pieces.next().getData());
    }
    assertEquals(ByteString.copyFrom(bytes, 10, bytes.length - 10), downloaded);
    BlobRef absent = BlobFiles.refOf(new byte[] {9});
    Iterator<DownloadResponse> nothing =
        blobs.download(DownloadRequest.newBuilder().setBlob(absent).build());
    Status status = assertThrows(StatusRuntimeException.class, nothing::next).getStatus();
    assertEquals(Status.Code.NOT_FOUND, status.getCode());
  }

  private Collected<UploadResponse> upload(BlobRef blob, byte[] bytes) {
    Collected<UploadResponse> uploaded = new Collected<>();
    StreamObserver<UploadRequest> upload = BlobServiceGrpc.newStub(channel).upload(uploaded);
    int half = bytes.length / 2;
    upload.onNext(
        UploadRequest.newBuilder()
            .setBlob(blob)
            .setData(ByteString.copyFrom(bytes, 0, half))
            .build());
    upload.onNext(
        UploadRequest.newBuilder()
            .setData(ByteString.copyFrom(bytes, half, bytes.length - half))
            .build());
    upload.onCompleted();
    return uploaded;
  }
}
