package dev.farpool.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.farpool.chaos.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Hosts that are all this one, for ssh: it starts a server for each connection, on a pipe, with
 * keys that exist only for the test. There is no port and no daemon.
 */
final class SshHosts {
  private static final Path SERVER = Path.of("/usr/sbin/sshd");

  private final Path directory;
  private final Path config;

  private SshHosts(Path directory) {
    this.directory = directory;
    this.config = directory.resolve("ssh_config");
  }

  /** Makes their configuration; skips the test where there is no ssh server to be started. */
  static SshHosts orSkip(Sandbox sandbox) throws Exception {
    assumeTrue(Files.isExecutable(SERVER), "openssh-server is not installed");
    boolean root = System.getProperty("user.name").equals("root");
    if (root) {
      Files.createDirectories(Path.of("/run/sshd")); // Without it the server refuses to start.
    }
    SshHosts hosts = new SshHosts(Files.createDirectory(sandbox.directory().resolve("ssh")));
    hosts.makeKey(sandbox, "host_key");
    hosts.makeKey(sandbox, "user_key");
    hosts.configure(sandbox);
    return hosts;
  }

  private void makeKey(Sandbox sandbox, String name) throws Exception {
    String file = directory.resolve(name).toString();
    sandbox
        .launch(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file), Map.of())
        .exits(0);
  }

  private void configure(Sandbox sandbox) throws IOException {
    Path server = directory.resolve("sshd_config");
    Files.writeString(
        server,
        """
        HostKey %1$s/host_key
        AuthorizedKeysFile %1$s/user_key.pub
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        PermitRootLogin prohibit-password
        SetEnv TMPDIR=%2$s "FARPOOL_JAVA_OPTS=-Djava.io.tmpdir=%2$s -XX:TieredStopAtLevel=1"
        """
            .formatted(directory, sandbox.directory()));
    Files.writeString(
        config,
        """
        Host node1 node2
          ProxyCommand %2$s -i -f %1$s/sshd_config
        Host nowhere
          HostName 127.0.0.1
          Port 1
        Host *
          IdentityFile %1$s/user_key
          IdentitiesOnly yes
          UserKnownHostsFile %1$s/known_hosts
          StrictHostKeyChecking accept-new
          LogLevel ERROR
        """
            .formatted(directory, SERVER));
  }

  /** The configuration that knows {@code node1}, {@code node2} and, in vain, {@code nowhere}. */
  String config() {
    return config.toString();
  }
}
