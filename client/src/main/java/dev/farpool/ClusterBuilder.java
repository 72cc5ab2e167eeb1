package dev.farpool;

import dev.farpool.common.HostPort;
import dev.farpool.common.security.ClientCredentials;
import dev.farpool.grpc.Channels;
import dev.farpool.grpc.LocalChannels;
import dev.farpool.grpc.TcpChannels;
import dev.farpool.spi.LocalClusterProvider;
import io.grpc.ChannelCredentials;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/** Says which cluster to use, and how. Not thread-safe. */
public final class ClusterBuilder {
  /** Where the address of the coordinator is looked for. */
  static final String COORDINATOR_VARIABLE = "FARPOOL_COORDINATOR";

  private String coordinator;
  private int localCores;
  private Optional<Path> tlsAuthority = Optional.empty();
  private Optional<Path> tlsCertificate = Optional.empty();
  private Optional<Path> tlsKey = Optional.empty();
  private Optional<Path> tokenFile = Optional.empty();
  private String clientName = defaultName();
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration reconnectTimeout = Duration.ofMinutes(5);
  private ObjectInputFilter resultFilter =
      ObjectInputFilter.Config.createFilter("maxdepth=1000;maxarray=2147483639");

  ClusterBuilder() {}

  private static String defaultName() {
    String command = System.getProperty("sun.java.command", "java");
    int space = command.indexOf(' ');
    return space < 0 ? command : command.substring(0, space);
  }

  /**
   * One or several coordinators, {@code host:port[,host:port]}. Default: those in the environment
   * variable {@code FARPOOL_COORDINATOR}; if it is not set, this machine.
   */
  public ClusterBuilder coordinator(String addresses) {
    this.coordinator = Objects.requireNonNull(addresses, "addresses");
    return this;
  }

  /**
   * This machine, with executors as child processes.
   *
   * @param cores how many tasks run at a time
   * @throws IllegalArgumentException if it is not 1 to 100,000
   */
  public ClusterBuilder local(int cores) {
    Wire.range(cores, 1, 100_000, "cores");
    this.localCores = cores;
    return this;
  }

  /**
   * Encrypts, and trusts coordinators whose certificate one of these authorities has signed.
   * Default: the file named by the environment variable {@code FARPOOL_TLS_CA}; if it is not set,
   * nothing is encrypted.
   *
   * @param authorities a file of certificates in PEM. It may be replaced while the program runs
   */
  public ClusterBuilder tlsAuthority(Path authorities) {
    this.tlsAuthority = Optional.of(authorities);
    return this;
  }

  /**
   * Shows the coordinator a certificate. Default: those of {@code FARPOOL_TLS_CERT} and {@code
   * FARPOOL_TLS_KEY}. Needs {@link #tlsAuthority}.
   *
   * @param certificate a file with this program's certificate in PEM
   * @param key a file with its private key in unencrypted PKCS#8, that not everybody may read. Both
   *     may be replaced while the program runs
   */
  public ClusterBuilder tlsCertificate(Path certificate, Path key) {
    this.tlsCertificate = Optional.of(certificate);
    this.tlsKey = Optional.of(key);
    return this;
  }

  /**
   * Shows the coordinator a token. Default: that of {@code FARPOOL_TOKEN_FILE}. It is sent only
   * where the connection is encrypted or stays on this host.
   *
   * @param file holds the token and nothing else; not everybody may read it. It may be replaced
   *     while the program runs
   */
  public ClusterBuilder tokenFile(Path file) {
    this.tokenFile = Optional.of(file);
    return this;
  }

  /** How long to look for a coordinator. Default: 10 s. */
  public ClusterBuilder connectTimeout(Duration timeout) {
    Wire.positive(timeout, "connectTimeout");
    this.connectTimeout = timeout;
    return this;
  }

  /**
   * How long to look for a coordinator that was lost, before all results fail. Default: 5 min.
   * Until then everything waits, and goes on when it is back.
   */
  public ClusterBuilder reconnectTimeout(Duration timeout) {
    Wire.positive(timeout, "reconnectTimeout");
    this.reconnectTimeout = timeout;
    return this;
  }

  /** The name of this program, for people. Default: its main class. */
  public ClusterBuilder clientName(String name) {
    this.clientName = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * What serialized results and exceptions may hold. Default: any class of this program, within
   * limits of depth and size, and of the JVM's own {@code jdk.serialFilter}. Give an allow-list
   * where workers are not trusted, for example {@code
   * ObjectInputFilter.Config.createFilter("maxdepth=50;java.base/*;com.example.**;!*")}.
   */
  public ClusterBuilder resultFilter(ObjectInputFilter filter) {
    this.resultFilter = Objects.requireNonNull(filter, "filter");
    return this;
  }

  /**
   * Connects.
   *
   * @throws ClusterUnreachableException if no coordinator answers in time, it refuses this program,
   *     or a file of certificates, keys or tokens cannot be used
   * @throws IllegalArgumentException if an address is malformed, or a certificate is given without
   *     what it needs
   */
  public Cluster connect() {
    Failures failures = new Failures(resultFilter);
    ShippedCode code = ShippedCode.ofThisProgram();
    Connection connection =
        Connection.open(channels(), clientName, connectTimeout, reconnectTimeout);
    return Cluster.of(connection, failures, code);
  }

  private Channels channels() {
    String addresses = coordinator;
    if (addresses == null && localCores == 0) {
      addresses = System.getenv(COORDINATOR_VARIABLE);
    }
    if (addresses == null || addresses.isBlank()) {
      return new LocalChannels(
          provider()
              .start(localCores > 0 ? localCores : Runtime.getRuntime().availableProcessors()));
    }
    return new TcpChannels(HostPort.parseList(addresses), credentials());
  }

  private ChannelCredentials credentials() {
    ClientCredentials given = ClientCredentials.of(System.getenv());
    boolean ownCertificate = tlsCertificate.isPresent();
    ClientCredentials chosen =
        new ClientCredentials(
            tlsAuthority.or(given::authority),
            ownCertificate ? tlsCertificate : given.certificate(),
            ownCertificate ? tlsKey : given.key(),
            tokenFile.or(given::token));
    try {
      // What cannot be read later shows when the connection it is needed for fails.
      return chosen.open(complaint -> {});
    } catch (IOException unusable) {
      throw new ClusterUnreachableException(unusable.getMessage());
    }
  }

  private static LocalClusterProvider provider() {
    return ServiceLoader.load(LocalClusterProvider.class)
        .findFirst()
        .or(
            () ->
                ServiceLoader.load(
                        LocalClusterProvider.class, LocalClusterProvider.class.getClassLoader())
                    .findFirst())
        .orElseThrow(
            () ->
                new ClusterUnreachableException(
                    "there is no cluster to use: add dev.farpool:farpool to the class path to use"
                        + " this machine, or set "
                        + COORDINATOR_VARIABLE
                        + "=host:port to use a coordinator"));
  }
}
