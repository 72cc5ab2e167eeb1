package dev.farpool.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/**
 * Escapes control characters in a part of a log line, so that what a peer sent, a worker's name or
 * an exception's message, cannot end the line and pretend to be another, or move a terminal's
 * cursor. In the pattern {@code %escaped(%msg){line}}, or {@code {lines}} for stack traces: line
 * breaks stay then, and every line is indented, as no line of ours is.
 */
public final class EscapedText extends CompositeConverter<ILoggingEvent> {
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  @Override
  protected String transform(ILoggingEvent event, String text) {
    return "lines".equals(getFirstOption()) ? indent(text) : escape(text);
  }

  private static String indent(String text) {
    StringBuilder lines = new StringBuilder(text.length());
    text.lines().forEach(line -> lines.append('\t').append(escape(line.strip())).append('\n'));
    return lines.toString();
  }

  private static String escape(String text) {
    if (text.chars().noneMatch(EscapedText::isControl)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.chars().forEach(character -> append(escaped, character));
    return escaped.toString();
  }

  private static boolean isControl(int character) {
    return Character.isISOControl(character)
        || character == LINE_SEPARATOR
        || character == PARAGRAPH_SEPARATOR;
  }

  private static void append(StringBuilder escaped, int character) {
    if (!isControl(character)) {
      escaped.append((char) character);
      return;
    }
    switch (character) {
      case '\n' -> escaped.append("\\n");
      case '\r' -> escaped.append("\\r");
      case '\t' -> escaped.append("\\t");
      default -> escaped.append(String.format("\\u%04x", character));
    }
  }
}
