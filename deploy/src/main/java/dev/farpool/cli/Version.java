package dev.farpool.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String java = System.getProperty("java.vendor") + " Java " + Runtime.version();
    return new String[] {"farpool " + number() + " (" + java + ")"};
  }

  /** The version in the manifest of our jar; outside a jar there is none. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
