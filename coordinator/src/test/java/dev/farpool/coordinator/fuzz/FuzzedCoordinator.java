package dev.farpool.coordinator.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.farpool.common.BlobFiles;
import dev.farpool.common.Surroundings;
import dev.farpool.coordinator.Coordinator;
import dev.farpool.coordinator.CoordinatorConfig;
import dev.farpool.coordinator.Inspection;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.GetStatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A real coordinator under virtual time, with a bystander on it and room for a hostile client. */
final class FuzzedCoordinator implements AutoCloseable {
  /** Longer than the lease of workers with its margin. */
  private static final int FORGETTING_MILLIS = 15_000;

  private static final int HEARTBEAT_MILLIS = 2_000;

  private final VirtualTimer timer = new VirtualTimer();
  private final Coordinator coordinator;
  private final Server server;
  private final ManagedChannel channel;
  private final Bystander bystander;
  private final Map<String, Integer> footprint;

  FuzzedCoordinator(Path blobs) throws IOException, IllegalAccessException {
    store(blobs, Names.BLOBS.get(2));
    Surroundings surroundings =
        new Surroundings(timer::nanos, timer, new Random(1), () -> UUID.randomUUID().toString());
    coordinator = Coordinator.create(CoordinatorConfig.of(blobs), surroundings);
    InProcessServerBuilder builder = InProcessServerBuilder.forName(blobs.toString());
    coordinator.services().forEach(builder::addService);
    server = builder.directExecutor().build().start();
    channel = InProcessChannelBuilder.forName(blobs.toString()).directExecutor().build();
    bystander = new Bystander(channel);
    bystander.runTask();
    footprint = Footprint.of(coordinator);
  }

  private static void store(Path blobs, ByteString bytes) throws IOException {
    try (BlobFiles.Writer writer =
        new BlobFiles(blobs).write(BlobFiles.refOf(bytes.toByteArray()))) {
      writer.append(bytes);
      writer.commit();
    }
  }

  /** Plays a script, and checks that nobody else notices. */
  void play(Message script) throws InterruptedException, IllegalAccessException {
    Client client = new Client(channel, this::pass);
    client.play(script);
    assertConsistent();
    client.leave();
    assertConsistent();
    pass(FORGETTING_MILLIS);
    bystander.runTask();
    assertEquals(List.of(), client.improperEnds());
    assertConsistent();
    assertNothingStays();
  }

  private void pass(long millis) {
    for (long left = millis; left > 0; left -= HEARTBEAT_MILLIS) {
      timer.pass(Math.min(left, HEARTBEAT_MILLIS));
      bystander.giveSignOfLife();
    }
  }

  private void assertConsistent() {
    RuntimeException broken = Inspection.broken(coordinator);
    if (broken != null) {
      throw new AssertionError(broken);
    }
  }

  private void assertNothingStays() throws IllegalAccessException {
    GetStatusResponse status =
        ClusterServiceGrpc.newBlockingStub(channel)
            .getStatus(GetStatusRequest.getDefaultInstance());
    assertEquals(1, status.getSessions(), "sessions");
    assertEquals(1, status.getPoolsCount(), "pools");
    assertEquals(1, status.getWorkersCount(), "workers");
    assertEquals(Map.of(), Footprint.growth(footprint, Footprint.of(coordinator)));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    coordinator.close();
    server.shutdownNow();
    assertTrue(server.isShutdown());
  }
}
