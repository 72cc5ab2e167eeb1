package dev.farpool.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.farpool.common.HostPort;
import dev.farpool.common.Protocol;
import dev.farpool.common.security.ClientCredentials;
import dev.farpool.common.security.FileTrustManager;
import dev.farpool.common.security.SecretFiles;
import dev.farpool.common.security.TlsTrouble;
import dev.farpool.coordinator.access.Gate;
import dev.farpool.coordinator.access.Principal;
import dev.farpool.coordinator.access.Role;
import dev.farpool.coordinator.access.TokenEntry;
import dev.farpool.coordinator.access.TokenFile;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.ClusterServiceGrpc;
import dev.farpool.v1.GetStatusRequest;
import dev.farpool.v1.OpenSessionRequest;
import dev.farpool.v1.PoolServiceGrpc;
import dev.farpool.v1.WorkerStatus;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who gets in over TCP, with certificates and tokens, and who does not. */
@Timeout(30)
class SecureServerTest {
  /** Tells of everybody who comes without TLS. */
  private static final java.util.logging.Logger TRANSPORT =
      java.util.logging.Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerTransport");

  @TempDir Path directory;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private TestCertificates certificates;
  private Path tokens;
  private CoordinatorServer server;

  @BeforeEach
  void prepare() {
    ((Logger) LoggerFactory.getLogger(Gate.class)).setLevel(Level.ERROR); // Refusals are wanted.
    ((Logger) LoggerFactory.getLogger(ServerSecurity.class)).setLevel(Level.OFF);
    TRANSPORT.setLevel(java.util.logging.Level.WARNING);
    certificates = new TestCertificates(directory);
    tokens = directory.resolve("tokens");
  }

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger(Gate.class)).setLevel(null);
    ((Logger) LoggerFactory.getLogger(ServerSecurity.class)).setLevel(null);
    channels.forEach(ManagedChannel::shutdownNow);
    if (server != null) {
      server.close();
    }
  }

  private void start(SecurityConfig security) throws IOException {
    server =
        CoordinatorServer.start(
            CoordinatorConfig.of(directory.resolve("data"))
                .withListen(new HostPort("127.0.0.1", 0))
                .withSecurity(security));
  }

  private void startWithCertificates() throws IOException {
    start(certificates.serving(Optional.of(certificates.file("ca.pem")), Optional.empty()));
  }

  private String makeToken(Role role, String name) throws IOException {
    String token = TokenEntry.draw(new SecureRandom());
    TokenFile.add(tokens, entry(token, role, name));
    return token;
  }

  private static TokenEntry entry(String token, Role role, String name) {
    return TokenEntry.of(token, new Principal(name, role), Optional.empty());
  }

  private ClientCredentials with(ClientCredentials transport, String token) throws IOException {
    Path file = directory.resolve("token" + channels.size());
    SecretFiles.replace(file, token + "\n");
    return new ClientCredentials(
        transport.authority(), transport.certificate(), transport.key(), Optional.of(file));
  }

  private ManagedChannel channel(ClientCredentials credentials) throws IOException {
    return channel(credentials, server.address().port());
  }

  private ManagedChannel channel(ClientCredentials credentials, int port) throws IOException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port, credentials.open(text -> {}))
            .directExecutor()
            .build();
    channels.add(channel);
    return channel;
  }

  private static String openSession(ManagedChannel channel) {
    return PoolServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .openSession(OpenSessionRequest.newBuilder().setProtocol(Protocol.RANGE).build())
        .getSessionId();
  }

  private static StatusRuntimeException refused(ManagedChannel channel) {
    return assertThrows(StatusRuntimeException.class, () -> openSession(channel));
  }

  private static void assertRefused(Status.Code code, ManagedChannel channel) {
    StatusRuntimeException refusal = refused(channel);
    assertEquals(code, refusal.getStatus().getCode(), refusal::toString);
  }

  @Test
  void aTokenOpensWhatItsRoleMayAndNothingElse() throws Exception {
    String client = makeToken(Role.CLIENT, "alice");
    String worker = makeToken(Role.WORKER, "w1");
    start(certificates.serving(Optional.empty(), Optional.of(tokens)));
    ClientCredentials tls = certificates.trusting("ca.pem");

    assertFalse(openSession(channel(with(tls, client))).isEmpty());
    assertRefused(Status.Code.PERMISSION_DENIED, channel(with(tls, worker)));
    assertRefused(Status.Code.UNAUTHENTICATED, channel(with(tls, "farpool_stranger")));
    assertRefused(Status.Code.UNAUTHENTICATED, channel(tls));

    StubWorker impostor = new StubWorker(channel(with(tls, client)));
    assertEquals(
        Status.Code.PERMISSION_DENIED, Status.fromThrowable(impostor.errors.take()).getCode());
    StubWorker genuine = new StubWorker(channel(with(tls, worker)));
    genuine.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    assertTrue(genuine.received.take().hasRegistered());
  }

  @Test
  void aRevokedTokenIsRefusedAndItsStreamsEndWithoutARestart() throws Exception {
    String worker = makeToken(Role.WORKER, "w1");
    String operator = makeToken(Role.OPERATOR, "ops");
    start(
        new SecurityConfig(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(tokens)));
    ManagedChannel ofWorker = channel(with(ClientCredentials.NONE, worker));
    StubWorker attached = new StubWorker(ofWorker);
    attached.send(AttachRequest.newBuilder().setRegister(StubWorker.registration("w1")));
    attached.received.take();

    TokenFile.add(tokens, entry(worker, Role.WORKER, "w1").asRevoked());

    Status end = Status.fromThrowable(attached.errors.take());
    assertEquals(Status.Code.UNAUTHENTICATED, end.getCode(), end::toString);
    StubWorker again = new StubWorker(ofWorker);
    assertEquals(Status.Code.UNAUTHENTICATED, Status.fromThrowable(again.errors.take()).getCode());
    var status =
        ClusterServiceGrpc.newBlockingStub(channel(with(ClientCredentials.NONE, operator)))
            .getStatus(GetStatusRequest.getDefaultInstance());
    assertEquals(WorkerStatus.State.STATE_DISCONNECTED, status.getWorkers(0).getState());
  }

  @Test
  void anExpiredTokenIsRefused() throws Exception {
    String token = TokenEntry.draw(new SecureRandom());
    Principal alice = new Principal("alice", Role.CLIENT);
    TokenFile.add(tokens, TokenEntry.of(token, alice, Optional.of(Instant.now().minusSeconds(1))));
    start(certificates.serving(Optional.empty(), Optional.of(tokens)));

    assertRefused(
        Status.Code.UNAUTHENTICATED, channel(with(certificates.trusting("ca.pem"), token)));
  }

  @Test
  void aCertificateWithARoleNeedsNoToken() throws Exception {
    startWithCertificates();

    assertFalse(openSession(channel(certificates.showing("client"))).isEmpty());
    assertRefused(Status.Code.PERMISSION_DENIED, channel(certificates.showing("worker")));
    assertRefused(Status.Code.UNAUTHENTICATED, channel(certificates.showing("nameless")));
  }

  @Test
  void noCertificateOrOneOfAnotherAuthorityGetsNoConnection() throws Exception {
    startWithCertificates();

    for (String name : List.of("stranger", "expired")) {
      assertRefused(Status.Code.UNAVAILABLE, channel(certificates.showing(name)));
    }
    assertRefused(Status.Code.UNAVAILABLE, channel(certificates.trusting("ca.pem")));
    assertFalse(openSession(channel(certificates.showing("client"))).isEmpty());
  }

  @Test
  void aCoordinatorOfAnotherAuthorityOrAddressIsNotBelieved() throws Exception {
    start(certificates.serving(Optional.empty(), Optional.empty()));

    StatusRuntimeException unknown = refused(channel(certificates.trusting("other-ca.pem")));
    assertTrue(
        TlsTrouble.of(unknown).orElse("").contains("none of the authorities"), () -> told(unknown));

    certificates.copy("elsewhere-key.pem", directory.resolve("server-key.pem"));
    certificates.copy("elsewhere.pem", directory.resolve("server.pem"));
    StatusRuntimeException elsewhere = refused(channel(certificates.trusting("ca.pem")));
    assertTrue(
        TlsTrouble.of(elsewhere).orElse("").contains("for other addresses"), () -> told(elsewhere));
  }

  @Test
  void whoDoesNotEncryptIsToldToAndTheOtherWayRound() throws Exception {
    start(certificates.serving(Optional.empty(), Optional.empty()));
    StatusRuntimeException plain = refused(channel(ClientCredentials.NONE));
    assertTrue(TlsTrouble.of(plain).orElse("").contains("give its authority"), () -> told(plain));
    server.close();

    start(SecurityConfig.NONE);
    StatusRuntimeException tls = refused(channel(certificates.trusting("ca.pem")));
    assertTrue(TlsTrouble.of(tls).orElse("").contains("does not encrypt"), () -> told(tls));
  }

  @Test
  void whoIsCutOffBeforeAnyAnswerIsToldThatItMayBeTheEncryption() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> cutOff = CompletableFuture.runAsync(() -> acceptAndReset(listener));
      StatusRuntimeException reset =
          refused(channel(ClientCredentials.NONE, listener.getLocalPort()));
      cutOff.get();
      assertTrue(TlsTrouble.of(reset).orElse("").contains("if it encrypts"), () -> told(reset));
    }
  }

  /** As a kernel does when bytes that nobody read wait in a connection that is closed. */
  private static void acceptAndReset(ServerSocket listener) {
    try (Socket connection = listener.accept()) {
      connection.setSoLinger(true, 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String told(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause).append('\n');
    }
    return text.toString();
  }

  @Test
  void aRenewedCertificateIsShownToTheNextConnectionAndHalfARenewalIsNot() throws Exception {
    start(certificates.serving(Optional.empty(), Optional.empty()));
    BigInteger first = serverSerial();

    certificates.copy("renewed-key.pem", directory.resolve("server-key.pem"));
    assertEquals(first, serverSerial());
    certificates.copy("renewed.pem", directory.resolve("server.pem"));

    assertFalse(first.equals(serverSerial()));
  }

  private BigInteger serverSerial() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager trust = new FileTrustManager(certificates.file("ca.pem"), text -> {});
    context.init(null, new TrustManager[] {trust}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", server.address().port())) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  @Test
  void filesThatCannotServeAreNamedAtTheStart() {
    Path key = certificates.file("client-key.pem");
    SecurityConfig wrong =
        new SecurityConfig(
            Optional.of(certificates.file("server.pem")),
            Optional.of(key),
            Optional.empty(),
            Optional.empty());

    IOException refusal = assertThrows(IOException.class, () -> start(wrong));

    assertTrue(refusal.getMessage().startsWith(key + " is not the key of "), refusal.getMessage());
  }
}
