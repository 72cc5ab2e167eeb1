package dev.farpool.cli.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The authority of one cluster: a directory with its certificate and key, and those it has signed.
 * Not thread-safe.
 */
public final class Authority implements AutoCloseable {
  /** The name of the coordinator's certificate. */
  public static final String SERVER = "server";

  private static final String SELF = "ca";
  private static final int YEARS_OF_AUTHORITY = 10;
  private static final List<String> ALWAYS = List.of("localhost", "127.0.0.1", "::1");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?");

  private final Path directory;
  private final KeyTool tool;

  private Authority(Path directory) throws IOException {
    this.directory = directory;
    this.tool = new KeyTool();
  }

  /**
   * Makes one.
   *
   * @throws IOException if the directory holds one already or cannot be written to
   */
  public static Authority create(Path directory) throws IOException, InterruptedException {
    if (Files.exists(directory.resolve(SELF + ".pem"))) {
      throw new IOException(
          directory
              + " holds an authority already; renew what it has signed with \"farpool certs issue\","
              + " or choose another directory");
    }
    Files.createDirectories(directory);
    Authority authority = new Authority(directory);
    authority
        .tool
        .make(
            SELF,
            List.of(
                "-dname",
                "CN=Farpool authority",
                "-ext",
                "bc:critical=ca:true,pathlen:0",
                "-ext",
                "ku:critical=keyCertSign,cRLSign",
                "-validity",
                Integer.toString(YEARS_OF_AUTHORITY * 365)))
        .write(directory, SELF);
    return authority;
  }

  /**
   * Opens one that was made before.
   *
   * @throws IOException if the directory holds none
   */
  public static Authority open(Path directory) throws IOException {
    Issued self = Issued.read(directory, SELF);
    Authority authority = new Authority(directory);
    authority.tool.take(SELF, self);
    return authority;
  }

  /** Issues the coordinator's certificate for some hosts, and for this one by its local names. */
  public void issueServer(List<String> hosts, int days) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>(hosts);
    ALWAYS.stream().filter(name -> !hosts.contains(name)).forEach(names::add);
    issue(
        SERVER,
        names.get(0),
        "serverAuth",
        names.stream().map(Authority::alternative).toList(),
        days);
  }

  /** Issues a certificate that names a role and whose it is. */
  public void issue(String role, String name, int days) throws IOException, InterruptedException {
    List<String> alternative = List.of("uri:farpool://" + role + "/" + name);
    issue(role.equals(name) ? role : role + "-" + name, name, "clientAuth", alternative, days);
  }

  private void issue(
      String file, String commonName, String usage, List<String> alternatives, int days)
      throws IOException, InterruptedException {
    tool.make(
            file,
            List.of(
                "-signer",
                SELF,
                "-dname",
                "CN=" + commonName,
                "-ext",
                "san=" + String.join(",", alternatives),
                "-ext",
                "ku:critical=digitalSignature",
                "-ext",
                "eku=" + usage,
                "-validity",
                Integer.toString(days)))
        .write(directory, file);
  }

  private static String alternative(String host) {
    return (ADDRESS.matcher(host).matches() ? "ip:" : "dns:") + host;
  }

  /** Whether something can stand in a certificate as a host. */
  public static boolean isHost(String text) {
    return ADDRESS.matcher(text).matches() || NAME.matcher(text).matches();
  }

  @Override
  public void close() throws IOException {
    tool.close();
  }
}
