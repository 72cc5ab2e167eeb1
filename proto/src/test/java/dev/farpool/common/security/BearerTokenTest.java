package dev.farpool.common.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokenTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void writeToken() throws IOException {
    file = directory.resolve("token");
    SecretFiles.replace(file, "farpool_secret\n");
  }

  private Applied send(SecurityLevel security, String peer) throws IOException {
    Applied applied = new Applied();
    CallCredentials token = new BearerToken(file, text -> {});
    token.applyRequestMetadata(new Call(security, peer), Runnable::run, applied);
    return applied;
  }

  @Test
  void theTokenTravelsEncryptedOrWithinThisHost() throws IOException {
    assertEquals(
        "Bearer farpool_secret", send(SecurityLevel.PRIVACY_AND_INTEGRITY, "192.0.2.1").token());
    assertEquals("Bearer farpool_secret", send(SecurityLevel.NONE, "127.0.0.1").token());
    assertEquals("Bearer farpool_secret", send(SecurityLevel.NONE, "::1").token());
  }

  @Test
  void theTokenDoesNotTravelInTheClear() throws IOException {
    Applied applied = send(SecurityLevel.NONE, "192.0.2.1");

    assertNull(applied.headers);
    assertEquals(Status.Code.UNAUTHENTICATED, applied.failure.getCode());
    assertTrue(
        applied.failure.getDescription().contains("nothing is encrypted on the way to db1:7400"),
        applied.failure::toString);
  }

  @Test
  void aFileThatOthersCanReadOrThatHoldsMoreIsRefused() throws IOException {
    SecretFiles.replace(file, "two words\n");
    assertThrows(IOException.class, () -> new BearerToken(file, text -> {}));
    SecretFiles.replace(file, "farpool_secret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThrows(IOException.class, () -> new BearerToken(file, text -> {}));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    assertEquals(
        "Bearer farpool_secret", send(SecurityLevel.PRIVACY_AND_INTEGRITY, "192.0.2.1").token());
  }

  private static final class Applied extends CallCredentials.MetadataApplier {
    private Metadata headers;
    private Status failure;

    @Override
    public void apply(Metadata given) {
      headers = given;
    }

    @Override
    public void fail(Status status) {
      failure = status;
    }

    String token() {
      return headers.get(BearerToken.HEADER);
    }
  }

  private static final class Call extends CallCredentials.RequestInfo {
    private final SecurityLevel security;
    private final String peer;

    Call(SecurityLevel security, String peer) {
      this.security = security;
      this.peer = peer;
    }

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      throw new UnsupportedOperationException("a token is the same for all methods");
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return security;
    }

    @Override
    public String getAuthority() {
      return "db1:7400";
    }

    @Override
    public Attributes getTransportAttrs() {
      return Attributes.newBuilder()
          .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, new InetSocketAddress(peer, 7400))
          .build();
    }
  }
}
