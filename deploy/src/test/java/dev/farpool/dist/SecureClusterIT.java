package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.farpool.Cluster;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Sandbox;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster with certificates and tokens, made as docs/security.md says. */
@Timeout(120)
class SecureClusterIT {
  private static Sandbox sandbox;
  private static Path certs;
  private static String coordinator;
  private static Map<String, String> alice;

  @BeforeAll
  static void startCluster() throws Exception {
    sandbox = new Sandbox();
    certs = sandbox.directory().resolve("certs");
    sandbox.farpool("certs", "init", certs.toString()).exits(0);
    alice = client("alice", "client");
    coordinator =
        sandbox.coordinator(
            "--tls-cert",
            file("server.pem"),
            "--tls-key",
            file("server-key.pem"),
            "--tls-client-ca",
            file("ca.pem"),
            "--tokens",
            file("tokens"));
    Launched worker = farpool(client("w1", "worker"), "worker", "--cores", "2", "--name", "w1");
    worker.awaitLine("farpool worker w1: 2 cores, attached to .*");
  }

  @AfterAll
  static void stopCluster() throws Exception {
    sandbox.close();
  }

  private static String file(String name) {
    return certs.resolve(name).toString();
  }

  /** What a process needs in its environment to be somebody: a certificate and a token. */
  private static Map<String, String> client(String name, String role) throws Exception {
    Path token = certs.resolve(name + ".token");
    sandbox
        .farpool(
            "token",
            "create",
            "--tokens",
            file("tokens"),
            "--role",
            role,
            "--name",
            name,
            "--out",
            token.toString())
        .exits(0);
    return Map.of(
        "FARPOOL_TLS_CA", file("ca.pem"),
        "FARPOOL_TLS_CERT", file(role + ".pem"),
        "FARPOOL_TLS_KEY", file(role + "-key.pem"),
        "FARPOOL_TOKEN_FILE", token.toString());
  }

  private static Launched farpool(Map<String, String> who, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(sandbox.home().resolve("bin/farpool").toString()));
    command.addAll(List.of(arguments));
    return launch(who, command);
  }

  private static Launched launch(Map<String, String> who, List<String> command) throws Exception {
    Map<String, String> environment = new HashMap<>(who);
    if (coordinator != null) {
      environment.put("FARPOOL_COORDINATOR", coordinator);
    }
    return sandbox.launch(command, environment);
  }

  @Test
  void execAndMapRunAndTasksDoNotSeeHowTheirWorkerProvesItself() throws Exception {
    List<String> environment = farpool(alice, "exec", "--", "env").exits(0).out();
    assertTrue(environment.stream().anyMatch(line -> line.startsWith("PATH=")));
    assertEquals(
        List.of(),
        environment.stream().filter(line -> line.matches("FARPOOL_(TLS|TOKEN).*")).toList());

    Path lines = Files.writeString(certs.resolve("lines"), "1\n2\n3\n");
    List<String> out =
        farpool(alice, "map", "-k", "-a", lines.toString(), "echo", "n{}").exits(0).out();
    assertEquals(List.of("n1", "n2", "n3"), out);
  }

  @Test
  void theProcessThatStartsCommandsIsKeptForNobodyButWhoeverItStartedThemFor() throws Exception {
    List<String> hers = parentOfCommand(alice);

    assertEquals(hers, parentOfCommand(alice));
    assertNotEquals(hers, parentOfCommand(client("carol", "client")));
  }

  private static List<String> parentOfCommand(Map<String, String> who) throws Exception {
    return farpool(who, "exec", "--", "sh", "-c", "echo $PPID").exits(0).out();
  }

  @Test
  void aProgramRunsWithItsEnvironmentAlone() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + sandbox.directory(),
            "-cp",
            sandbox.home().resolve("lib") + File.separator + "*",
            "dev.farpool.examples.ThreeTasks",
            "0.1");

    List<String> out = launch(alice, command).exits(0).out();

    assertEquals("Done.", out.get(out.size() - 1), out::toString);
  }

  @Test
  void aProgramMayNameItsFilesItself() {
    try (Cluster cluster =
        Cluster.builder()
            .coordinator(coordinator)
            .tlsAuthority(certs.resolve("ca.pem"))
            .tlsCertificate(certs.resolve("client.pem"), certs.resolve("client-key.pem"))
            .tokenFile(certs.resolve("alice.token"))
            .connect()) {
      assertEquals(1, cluster.status().workers().size());
    }
  }

  @Test
  void whatAClientRanIsThereForThatClientWhenItIsOver() throws Exception {
    farpool(alice, "exec", "--", "echo", "mine").exits(0);
    Launched hers = farpool(alice, "tasks", "--state", "succeeded", "--json").exits(0);
    String pool =
        JsonParser.parseString(String.join("\n", hers.out()))
            .getAsJsonObject()
            .getAsJsonArray("tasks")
            .get(0)
            .getAsJsonObject()
            .get("poolId")
            .getAsString();

    assertEquals(List.of("mine"), farpool(alice, "logs", pool + "/0").exits(0).out());
    Map<String, String> bob = client("bob", "client");
    assertFalse(farpool(bob, "tasks", "--json").exits(0).out().toString().contains(pool));
    Launched logs = farpool(bob, "logs", pool + "/0").exits(1);
    assertTrue(logs.err().get(0).contains("no pool"), logs::toString);
  }

  @Test
  void whoHasNoRightsIsToldWhatIsMissing() throws Exception {
    Launched drain = farpool(alice, "drain", "w1").exits(1);
    assertTrue(drain.err().get(0).contains("it needs the role operator"), drain::toString);

    Map<String, String> withoutCertificate = Map.of("FARPOOL_TLS_CA", file("ca.pem"));
    Launched status = farpool(withoutCertificate, "status").exits(3);
    assertTrue(status.err().get(0).contains("--tls-cert"), status::toString);
  }
}
