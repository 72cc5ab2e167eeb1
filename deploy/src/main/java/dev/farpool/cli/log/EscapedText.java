package dev.farpool.cli.log;

/**
 * Text whose control characters are escaped, so that what a peer sent, a worker's name or an
 * exception's message, cannot end a log line and pretend to be another, or move a terminal's
 * cursor.
 */
final class EscapedText {
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  private EscapedText() {}

  static String of(String text) {
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
