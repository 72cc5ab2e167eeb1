package dev.farpool.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * {@code time=… level=… logger=… event=… …}, one line an event. A stack trace follows with every
 * line indented, as no line of an event is.
 */
final class TextLines extends LineEncoder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  @Override
  String line(ILoggingEvent event) {
    StringBuilder line = new StringBuilder("time=");
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(" level=").append(event.getLevel());
    line.append(" logger=").append(simpleName(event.getLoggerName()));
    line.append(' ').append(EscapedText.of(event.getFormattedMessage()));
    stackTrace(event).lines().forEach(frame -> appendIndented(line, frame));
    return line.toString();
  }

  private static void appendIndented(StringBuilder line, String frame) {
    line.append("\n\t").append(EscapedText.of(frame.strip()));
  }
}
