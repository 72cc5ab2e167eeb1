package dev.farpool.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;

/**
 * One JSON object a line. What a message tells as {@code key=value} are members of their own, which
 * Logback's encoder for JSON would leave in one text.
 */
final class JsonLines extends LineEncoder {
  private static final int MILLIS = 3;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(MILLIS).toFormatter();

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();

  @Override
  String line(ILoggingEvent event) {
    JsonObject line = new JsonObject();
    line.addProperty("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.addProperty("level", event.getLevel().toString());
    line.addProperty("logger", simpleName(event.getLoggerName()));
    line.addProperty("thread", event.getThreadName());
    line.addProperty("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      line.addProperty("exception", stackTrace(event));
    }
    Map<String, Object> fields = MessageFields.of(event.getMessage(), event.getArgumentArray());
    fields.forEach((key, value) -> add(line, key, value));
    return gson.toJson(line);
  }

  private static void add(JsonObject line, String key, Object value) {
    if (line.has(key)) {
      return; // It is in the message, too.
    }
    if (value instanceof Number number) {
      line.addProperty(key, number);
    } else if (value instanceof Boolean truth) {
      line.addProperty(key, truth);
    } else {
      line.addProperty(key, String.valueOf(value));
    }
  }
}
