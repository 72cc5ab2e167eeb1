package dev.farpool.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * One line an event, to standard error: standard output is for what commands print. Logback finds
 * it as a service. A file of XML would say the same, and cost every start four hundred classes.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
  /** The system property with the least level that is logged; WARN without it. */
  public static final String LEVEL = "farpool.log.level";

  /** The system property with the format, {@code text} or {@code json}; text without it. */
  public static final String FORMAT = "farpool.log.format";

  private static final String JSON = "json";

  /** On a host that is on no network it warns of missing an address that nobody here needs. */
  static final String HARDWARE_ADDRESS =
      "io.grpc.netty.shaded.io.netty.util.internal.MacAddressUtil";

  @Override
  public ExecutionStatus configure(LoggerContext logging) {
    Level level = Level.toLevel(System.getProperty(LEVEL), Level.WARN);
    configure(logging, level, System.getProperty(FORMAT, ""));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void configure(LoggerContext logging, Level level, String format) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(logging);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(format));
    appender.start();
    Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(appender);
    logging.getLogger(HARDWARE_ADDRESS).setLevel(Level.ERROR);
  }

  private static LineEncoder encoder(String format) {
    LineEncoder encoder = format.equals(JSON) ? new JsonLines() : new TextLines();
    encoder.start();
    return encoder;
  }
}
